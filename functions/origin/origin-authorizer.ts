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

/** Compares with every value, so that the time it takes says nothing of either. */
function accepts(text: string, sent: string): boolean {
  const { current, next = current } = readOriginSecret(text);
  const digest = digestOf(sent);
  const same = [current, next].map((value) => timingSafeEqual(digestOf(value), digest));
  return same.includes(true);
}

let lastRead: string | undefined;

/** The secret's text. While Secrets Manager is away, the last one that was read goes on. */
async function readSecret(): Promise<string> {
  try {
    lastRead = await secret(ORIGIN_SECRET_ID);
  } catch (error) {
    if (lastRead === undefined) throw error;
  }
  return lastRead;
}

/**
 * Lets a request into the API if it comes through the site's distribution, whose secret it then carries.
 * API Gateway asks this before anything else, keeps the answer for a value for five minutes, and refuses by
 * itself what carries none. A secret that was never read lets nobody in.
 * Source: API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers".
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
