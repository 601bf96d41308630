import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { distributionHeader } from '../aws/distribution.ts';
import { secretVersions } from '../aws/secret-versions.ts';
import { rotationSettings } from '../settings.ts';
import { type OriginSecret, readOriginSecret } from './origin-secret.ts';

const { DISTRIBUTION_ID, ORIGIN_HEADER } = rotationSettings();
const header = distributionHeader(DISTRIBUTION_ID, ORIGIN_HEADER);

const Rotation = z.object({
  Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']),
  SecretId: z.string(),
  ClientRequestToken: z.string(),
});
type Versions = ReturnType<typeof secretVersions>;
type Remaining = Pick<Context, 'getRemainingTimeInMillis'>;

const fresh = () => randomBytes(48).toString('base64url');

/**
 * Creates the pending version: the next value becomes current, and a new next value is added. A secret
 * without a next value only gets one, because no one knows it yet.
 */
async function createSecret(versions: Versions): Promise<void> {
  if (await versions.hasPending()) return;
  const { current, next } = readOriginSecret(await versions.current());
  await versions.putPending(
    JSON.stringify({ current: next ?? current, next: fresh() } satisfies OriginSecret),
  );
}

/** Makes CloudFront send the new value, which the API already accepts. */
async function setSecret(versions: Versions): Promise<void> {
  const pending = readOriginSecret(await versions.pending());
  const known = readOriginSecret(await versions.current());
  if (![known.current, known.next].includes(pending.current))
    throw new Error('The API does not know the value yet that CloudFront would send.');
  await header.send(pending.current);
}

/** Time reserved at the end of an invocation to report the outcome. */
const reserveMs = 30_000;

/**
 * Waits until every edge location sends the new value. Rejects if that takes too long; the rotation is then
 * retried.
 */
async function testSecret(versions: Versions, { getRemainingTimeInMillis: left }: Remaining): Promise<void> {
  const { current } = readOriginSecret(await versions.pending());
  for (;;) {
    const { isEverywhere, sent } = await header.read();
    if (sent !== current) throw new Error('The distribution sends another value: was it deployed meanwhile?');
    if (isEverywhere) return;
    if (left() < reserveMs) throw new Error('The distribution is not everywhere yet.');
    await pause(10_000);
  }
}

/** Promotes the version: the previous value is no longer accepted. */
const finishSecret = (versions: Versions) => versions.promotePending();

const steps = { createSecret, setSecret, testSecret, finishSecret };

/**
 * Rotates the secret that identifies the site to the API, in the four steps of Secrets Manager. Each step
 * can be repeated, and no request is refused meanwhile: what CloudFront sends is accepted before and after.
 * Source: AWS Secrets Manager User Guide, "Lambda rotation functions".
 */
export const handler = async (event: unknown, context: Remaining): Promise<void> => {
  const { Step, SecretId, ClientRequestToken } = Rotation.parse(event);
  await steps[Step](secretVersions(SecretId, ClientRequestToken), context);
};
