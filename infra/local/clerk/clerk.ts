import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { SentMail } from '../aws/ses.ts';
import { accountRoutes, clientRoutes } from './client.ts';
import {
  type Answer,
  ClerkError,
  type ClerkRequest,
  errorAnswer,
  json,
  mount,
  notFound,
  readRequest,
} from './http.ts';
import type { Instance, Route } from './instance.ts';
import { invitationRoutes } from './invitations.ts';
import { acceptRoutes } from './pages/accept.ts';
import { outboxRoutes } from './pages/outbox.ts';
import { styleRoutes } from './pages/page.ts';
import { sessionRoutes } from './sessions.ts';
import { openStore } from './store.ts';
import { openSigningKey, tokenSigner } from './tokens.ts';
import { userRoutes } from './users.ts';
import { controlRoutes, startDispatcher } from './webhooks.ts';

export interface ClerkOptions {
  /**
   * The origin in the browser's address bar, e.g. `http://localhost:4000`. The stand-in is below `/clerk`.
   */
  readonly origin: string;
  /** Its folder `clerk` holds the state. */
  readonly stateDirectory: string;
  readonly secretKey: string;
  /** `whsec_` followed by the key in base64. */
  readonly signingSecret: string;
  readonly webhookUrl: string;
  /** `hold` keeps webhooks until a POST to `/clerk/controls` with `deliver`. */
  readonly webhooks: 'deliver' | 'hold';
  /** Called with one line per problem. */
  onProblem(problem: string): void;
  /** Milliseconds until a failed webhook is retried; doubles with each failure. Default 500. */
  readonly firstRetry?: number;
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
  /** What SES has sent, newest first. */
  readonly sentMails?: () => readonly SentMail[];
}

/** Clerk's local stand-in. */
export interface Clerk {
  /** Handles a request whose `url` begins with `/clerk/`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Resolves when all requests have ended and the state is on disk. */
  stop(): Promise<void>;
}

/** Starts the stand-in. @throws LocalProblem if its files are damaged. */
export async function startClerk(options: ClerkOptions): Promise<Clerk> {
  const { origin, secretKey, now = Date.now, sentMails = () => [] } = options;
  const directory = join(options.stateDirectory, 'clerk');
  const key = await openSigningKey(directory);
  const store = openStore(directory);
  const signToken = tokenSigner({ key, issuer: `${origin}${mount}`, origin, now });
  const instance = { origin, secretKey, store, key, signToken, now, sentMails };
  const dispatcher = startDispatcher({
    store,
    url: options.webhookUrl,
    signingSecret: options.signingSecret,
    mode: options.webhooks,
    firstRetry: options.firstRetry ?? 500,
    now,
    onProblem: (problem) => options.onProblem(problem),
  });
  const answer = router(instance, controlRoutes(instance, dispatcher));
  return {
    handle(message, response) {
      void readRequest(message)
        .then(answer, errorAnswer)
        .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
    },
    async stop() {
      await dispatcher.stop();
      await store.settled();
    },
  };
}

/** Refuses a Backend API request without the instance's secret key. */
function authenticate({ header }: ClerkRequest, secretKey: string): void {
  const [scheme, key] = (header('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || !key)
    throw new ClerkError(
      401,
      'authorization_header_format_invalid',
      'Invalid Authorization header format. Must be "Bearer <YOUR_API_KEY>"',
    );
  if (key !== secretKey)
    throw new ClerkError(
      401,
      'clerk_key_invalid',
      'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.',
    );
}

/** The public keys for verifying session tokens (RFC 7517), for everyone and in the Backend API. */
const keyRoutes = ({ key }: Instance): Route[] =>
  ['/.well-known/jwks.json', '/v1/jwks'].map((path) => ({
    method: 'GET',
    path,
    handle: () => json({ keys: [key.jwk] }),
  }));

/** OpenID Connect Discovery 1.0, the part that AWS STS reads: where the keys are. */
const discoveryRoutes = ({ origin }: Instance): Route[] => [
  {
    method: 'GET',
    path: '/.well-known/openid-configuration',
    handle: () =>
      json({
        issuer: `${origin}${mount}`,
        jwks_uri: `${origin}${mount}/.well-known/jwks.json`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        claims_supported: ['aud', 'exp', 'iat', 'iss', 'sub'],
      }),
  },
];

const parts = [
  keyRoutes,
  discoveryRoutes,
  userRoutes,
  sessionRoutes,
  invitationRoutes,
  clientRoutes,
  accountRoutes,
  outboxRoutes,
  acceptRoutes,
  styleRoutes,
];

/** Finds the route of a request. Errors become Clerk's error body. */
function router(instance: Instance, more: readonly Route[]) {
  const routes = parts.flatMap((routesOf) => routesOf(instance));
  const table = [...routes, ...more].map((route) => ({ route, matches: matcher(route.path) }));
  return async (request: ClerkRequest): Promise<Answer> => {
    try {
      if (request.url.pathname.startsWith('/v1/')) authenticate(request, instance.secretKey);
      for (const { route, matches } of table) {
        const params = route.method === request.method ? matches(request.url.pathname) : undefined;
        if (params !== undefined) return await route.handle({ ...request, params });
      }
      throw notFound(`The Clerk stand-in has no ${request.method} ${request.url.pathname}.`);
    } catch (error) {
      return errorAnswer(error);
    }
  };
}

function matcher(path: string) {
  const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[\\w-]+)')}$`);
  return (pathname: string) => {
    const match = pattern.exec(pathname);
    return match === null ? undefined : { ...match.groups };
  };
}
