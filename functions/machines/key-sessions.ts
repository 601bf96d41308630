import QuickLRU from 'quick-lru';
import * as z from 'zod/mini';
import { apiKeyRefusals } from '../../domain/api-key/api-key.schema.ts';
import type { OrganizationId } from '../../domain/ids.ts';
import type { AssumeRole } from '../../domain/table/tenant-credentials.ts';
import { invokeNow } from '../aws/lambda.ts';

/** The key broker's response. */
const BrokerAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('refused'), reason: z.enum(['key_unknown', 'key_expired']) }),
  z.object({
    is: z.literal('open'),
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    sessionToken: z.string(),
    expiration: z.iso.datetime(),
  }),
]);
export type BrokerAnswer = z.infer<typeof BrokerAnswer>;

type Credentials = Awaited<ReturnType<AssumeRole>>;

/** The SDK renews credentials five minutes before they expire, so the ones it gets must last longer. */
const renewedMs = 6 * 60_000;
/** Credentials that expire sooner may expire in transit. */
const usableMs = 30_000;

interface Options {
  readonly invoke?: typeof invokeNow;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Opens organizations with API keys. The broker issues credentials for a valid key only, once an hour and
 * organization, so a compromised function only reaches organizations whose keys pass through it. Each
 * request's key is still verified.
 */
export function keySessions(brokerName: string, { invoke = invokeNow, now = Date.now }: Options = {}) {
  const held = new QuickLRU<OrganizationId, Credentials>({ maxSize: 400 });
  const underWay = new Map<string, Promise<Credentials>>();
  const lasts = (credentials: Credentials | undefined, milliseconds: number) =>
    (credentials?.expiration?.getTime() ?? 0) - now() > milliseconds;

  async function exchange(organizationId: OrganizationId, key: string): Promise<Credentials> {
    const answer = BrokerAnswer.parse(await invoke(brokerName, { key }));
    if (answer.is === 'refused') throw apiKeyRefusals[answer.reason]();
    const { is: _, expiration, ...credentials } = answer;
    const opened = { ...credentials, expiration: new Date(expiration) };
    held.set(organizationId, opened);
    return opened;
  }

  /** One pending exchange per key: an invalid key must not affect a valid one. */
  function once(organizationId: OrganizationId, key: string): Promise<Credentials> {
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const exchanging = exchange(organizationId, key).finally(() => underWay.delete(key));
    underWay.set(key, exchanging);
    return exchanging;
  }

  return {
    /** Ensures that a key's organization is open. Throws `unauthenticated` for an invalid key. */
    async open(organizationId: OrganizationId, key: string): Promise<void> {
      const credentials = held.get(organizationId);
      if (lasts(credentials, renewedMs)) return;
      await once(organizationId, key).catch((error: unknown) => {
        // The broker may be unavailable for a moment; existing credentials stay usable until they expire.
        if (!lasts(credentials, usableMs)) throw error;
      });
    },
    assumeRole: (async (organizationId) => {
      const credentials = held.get(organizationId);
      if (credentials === undefined) throw new Error(`no good key of ${organizationId} has come by`);
      return credentials;
    }) satisfies AssumeRole,
  };
}
