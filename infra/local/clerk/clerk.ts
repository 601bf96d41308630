import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { errorAnswer } from './http/answer.ts';
import { mount, readRequest } from './http/clerk-request.ts';
import { openSigningKey } from './keys.ts';
import { router } from './router.ts';
import { openStore } from './store/store.ts';
import { tokenSigner } from './tokens.ts';
import { controlRoutes } from './webhooks/controls.ts';
import { startDispatcher } from './webhooks/dispatcher.ts';

export interface ClerkOptions {
  /** What the browser's address bar shows, e.g. `http://localhost:4000`. The stand-in is its path `/clerk`. */
  readonly origin: string;
  /** What must outlive the process is kept in its folder `clerk`. */
  readonly stateDirectory: string;
  readonly secretKey: string;
  /** `whsec_` and the key in base64. */
  readonly signingSecret: string;
  readonly webhookUrl: string;
  /** `hold` keeps webhooks until a POST to `/clerk/controls` says `deliver`. */
  readonly webhooks: 'deliver' | 'hold';
  /** Told what the person at the machine should know. */
  onProblem(problem: string): void;
  /** Milliseconds until a failed webhook is sent again; each failure doubles it. Default 500. */
  readonly firstRetry?: number;
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
}

/** Clerk on one machine. */
export interface Clerk {
  /** Answers a request whose `url` begins with `/clerk/`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Resolves when nothing runs any more and everything is on disk. */
  stop(): Promise<void>;
}

/** Starts the stand-in. @throws LocalProblem when its files are damaged. */
export async function startClerk(options: ClerkOptions): Promise<Clerk> {
  const { origin, secretKey, now = Date.now } = options;
  const directory = join(options.stateDirectory, 'clerk');
  const key = await openSigningKey(directory);
  const store = openStore(directory);
  const signToken = tokenSigner({ key, issuer: `${origin}${mount}`, origin, now });
  const instance = { origin, secretKey, store, key, signToken, now };
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
