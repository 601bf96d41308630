import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { bundleFunction, bundleHandler } from '../../infra/bundle.ts';
import { startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';
import { pairedMedians } from './median.ts';

export interface WarmRow {
  readonly request: string;
  /** Milliseconds a request, the middle of all rounds. */
  readonly product: number;
  readonly bare: number;
  readonly peer: number;
  readonly toBare: number;
  readonly toPeer: number;
}

type Run = (event: unknown, context: object) => Promise<unknown>;
const answered = z.object({ statusCode: z.literal(200) });
const context = { getRemainingTimeInMillis: () => 10_000 };
const callsARound = 40;

const organizationAdmin = 'amara.abara@northwind.example';

async function load(directory: string, name: string): Promise<Run> {
  const module: unknown = await import(pathToFileURL(join(directory, 'index.mjs')).href);
  const found = z.record(z.string(), z.unknown()).parse(module)[name];
  if (typeof found !== 'function') throw new Error(`${directory} exports no ${name}`);
  return async (event, given) => found(event, given);
}

/** The environment in which the bundles find the running product. All contenders read past the IAM gate, at the engine. */
async function environmentFor(product: TestProduct) {
  const resource = product.functions.find(({ title }) => title === 'organization');
  if (resource === undefined) throw new Error('the deployment has no function "organization"');
  const credentials = await product.aws.issueCredentials(resource.roleArn, resource.name);
  const jwks = z.object({ keys: z.tuple([z.record(z.string(), z.unknown())]) });
  const { keys } = jwks.parse(await (await fetch(`${product.clerk.url}/.well-known/jwks.json`)).json());
  return {
    ...resource.environment,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL_DYNAMODB: product.aws.engineEndpoint,
    AWS_ENDPOINT_URL_STS: product.aws.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: product.aws.endpoint,
    CLERK_JWT_KEY: createPublicKey({ key: keys[0], format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString(),
  };
}

const eventFor = (routeKey: string, token: string) => ({
  version: '2.0',
  routeKey,
  rawPath: routeKey.split(' ')[1],
  rawQueryString: '',
  // Nothing reads it, but the peer's body parser, like most people's, takes every request for one with a body.
  body: '{}',
  headers: {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'user-agent': 'bench',
    accept: 'application/json',
  },
  requestContext: {
    requestId: 'bench',
    routeKey,
    stage: '$default',
    http: {
      method: 'GET',
      path: routeKey.split(' ')[1],
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: 'bench',
    },
  },
  isBase64Encoded: false,
});

/** A round: the mean of some calls one after another, every one of them checked. */
const timed = (run: Run, input: () => unknown) => async () => {
  const start = performance.now();
  for (let call = 0; call < callsARound; call += 1) answered.parse(await run(input(), context));
  return (performance.now() - start) / callsARound;
};

/** Two requests through the product's own bundles, beside a handler that only reads, and beside a conventional stack. */
export async function warmRequests(rounds: number): Promise<WarmRow[]> {
  const product = await startTestProduct();
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-bench-'));
  try {
    Object.assign(process.env, await environmentFor(product));
    const bundle = (file: string) =>
      bundleHandler(`test/bench/contenders/${file}.ts`, join(folder, file)).directory;
    const [bare, peer] = [bundle('bare'), bundle('peer')];
    const own = (entry: 'http/organization' | 'http/admin') =>
      load(bundleFunction(entry, join(folder, entry.replace('/', '-'))).directory, 'handler');
    const cases = [
      { request: 'GET /api/me', email: organizationAdmin, name: 'me', run: await own('http/organization') },
      {
        request: 'GET /api/admin/organizations',
        email: superAdminEmail,
        name: 'list',
        run: await own('http/admin'),
      },
    ];
    const rows: WarmRow[] = [];
    for (const { request, email, name, run } of cases) {
      const token = await freshToken(product, email);
      const { userId, organizationId } = (await product.api('/api/me', { token: token() })).body.user;
      const event = () => eventFor(request, token());
      const contenders = {
        product: timed(run, event),
        bare: timed(await load(bare, name), () => ({ userId, organizationId })),
        peer: timed(await load(peer, name), event),
      };
      // The first round warms up: credentials, connections, compiled code.
      await pairedMedians(contenders, 1);
      const { product: ours = 0, bare: floor = 1, peer: other = 1 } = await pairedMedians(contenders, rounds);
      rows.push({
        request,
        product: ours,
        bare: floor,
        peer: other,
        toBare: ours / floor,
        toPeer: ours / other,
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await product.stop();
  }
}

const freshMilliseconds = 20_000;

/** A token that is renewed in time behind one's back: it lasts a minute, the benchmark longer. */
async function freshToken(product: TestProduct, email: string): Promise<() => string> {
  let token = await product.signIn(email);
  const timer = setInterval(() => {
    void product.signIn(email).then((next) => {
      token = next;
    });
  }, freshMilliseconds);
  timer.unref();
  return () => token;
}
