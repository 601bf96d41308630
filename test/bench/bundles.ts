import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { TestProduct } from '../support/product.ts';

/** A handler of a bundle, run in this process. */
export type Run = (event: unknown, context: object) => Promise<unknown>;

/** The fields of Lambda's context that are used. */
export const context = { getRemainingTimeInMillis: () => 10_000 };

/** The handler that a bundle exports by this name. */
export async function load(directory: string, name: string): Promise<Run> {
  const module: unknown = await import(pathToFileURL(join(directory, 'index.mjs')).href);
  const found = z.record(z.string(), z.unknown()).parse(module)[name];
  if (typeof found !== 'function') throw new Error(`${directory} exports no ${name}`);
  return async (event, given) => found(event, given);
}

/**
 * The environment that connects bundles to the running product. All contenders bypass the IAM gate and use
 * the engine.
 */
export async function environmentFor(product: TestProduct) {
  const resource = product.functions.find(({ title }) => title === 'organization');
  if (resource === undefined) throw new Error('the deployment has no function "organization"');
  const credentials = await product.aws.issueCredentials(resource.roleArn, resource.name);
  const jwks = z.object({ keys: z.tuple([z.record(z.string(), z.unknown())]) });
  const { keys } = jwks.parse(await (await fetch(`${product.clerk.url}/.well-known/jwks.json`)).json());
  return {
    // The admin function's settings as well: both run in this process.
    ...product.functions.find(({ title }) => title === 'admin')?.environment,
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

/** API Gateway's event for a request without parameters. */
export const eventFor = (routeKey: string, token: string) => ({
  version: '2.0',
  routeKey,
  rawPath: routeKey.split(' ')[1],
  rawQueryString: '',
  // Unused, but the peer's body parser, like most, expects a body on every request.
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
      method: routeKey.split(' ')[0],
      path: routeKey.split(' ')[1],
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: 'bench',
    },
  },
  isBase64Encoded: false,
});

const freshMilliseconds = 20_000;

/**
 * A token that is renewed in the background until `stop`: it expires after a minute, and the benchmark
 * takes longer.
 */
export async function freshToken(
  product: TestProduct,
  email: string,
): Promise<{ readonly token: () => string; stop(): void }> {
  let token = await product.signIn(email);
  const timer = setInterval(() => {
    void product.signIn(email).then((next) => {
      token = next;
    });
  }, freshMilliseconds);
  return { token: () => token, stop: () => clearInterval(timer) };
}
