import QuickLRU from 'quick-lru';
import * as z from 'zod/mini';
import { apiKeyRefusals } from '../../domain/api-key/api-key.schema.ts';
import type { OrganizationId } from '../../domain/ids.ts';
import type { AssumeRole } from '../../domain/table/tenant-credentials.ts';
import { invokeNow } from '../aws/lambda.ts';

/** What the key broker answers. */
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

/** The SDK asks for others five minutes before the end; those that it gets must last longer. */
const renewedMs = 6 * 60_000;
/** Credentials that end sooner may end on their way. */
const usableMs = 30_000;

interface Options {
  readonly invoke?: typeof invokeNow;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Opens organizations by API keys. The broker gives credentials for a good key only, once an hour and
 * organization; whoever holds this function opens no organization whose keys don't come by. Each request's
 * key is judged by itself all the same.
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

  /** One exchange for each key at a time: a bad key must not decide about a good one. */
  function once(organizationId: OrganizationId, key: string): Promise<Credentials> {
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const exchanging = exchange(organizationId, key).finally(() => underWay.delete(key));
    underWay.set(key, exchanging);
    return exchanging;
  }

  return {
    /** Sees to it that a key's organization is open. Throws `unauthenticated` for a bad key. */
    async open(organizationId: OrganizationId, key: string): Promise<void> {
      const credentials = held.get(organizationId);
      if (lasts(credentials, renewedMs)) return;
      await once(organizationId, key).catch((error: unknown) => {
        // The broker may be away for a moment: what was opened serves until its end.
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
