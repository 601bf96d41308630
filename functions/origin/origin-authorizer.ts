import { createHash, timingSafeEqual } from 'node:crypto';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerResult as Decision,
} from 'aws-lambda';
import { changedSecret, secret } from '../aws/secrets.ts';
import { originSettings } from '../settings.ts';
import { readOriginSecret } from './origin-secret.ts';

const { ORIGIN_SECRET_ID } = originSettings();

const digestOf = (text: string) => createHash('sha256').update(text).digest();

/** Compares with every accepted value in constant time. */
function accepts(text: string, sent: string): boolean {
  const { current, next = current } = readOriginSecret(text);
  const digest = digestOf(sent);
  const same = [current, next].map((value) => timingSafeEqual(digestOf(value), digest));
  return same.includes(true);
}

let lastRead: string | undefined;

/** The secret's text. While Secrets Manager is unavailable, the cached value is used. */
async function readSecret(): Promise<string> {
  try {
    lastRead = await secret(ORIGIN_SECRET_ID);
  } catch (error) {
    if (lastRead === undefined) throw error;
  }
  return lastRead;
}

/**
 * Admits requests that come through the site's distribution, identified by a secret header. API Gateway
 * calls this first, caches the result per header value for five minutes, and rejects requests without the
 * header itself. Without a readable secret, no one is admitted. Source: API Gateway Developer Guide,
 * "Control access to HTTP APIs with AWS Lambda authorizers".
 */
export const handler = async ({
  identitySource,
}: Pick<APIGatewayRequestAuthorizerEventV2, 'identitySource'>): Promise<Decision> => {
  const [sent = ''] = identitySource ?? [];
  const text = await readSecret();
  if (accepts(text, sent)) return { isAuthorized: true };
  const changed = await changedSecret(ORIGIN_SECRET_ID, text);
  return { isAuthorized: changed !== null && accepts(changed, sent) };
};
