import type { AwsCredentialIdentity } from '@aws-sdk/types';
import QuickLRU from 'quick-lru';
import type { OrganizationId } from '../ids.ts';
import type { AssumeRole, ExchangeToken } from './tenant-credentials.ts';

/** Credentials for organizations whose users' tokens have been received. */
interface TokenCredentials {
  /** Stores a valid token of one of an organization's users, if one is needed. */
  offer(organizationId: OrganizationId, token: string): void;
  /** Rejects for an organization without a recently received token. */
  readonly assumeRole: AssumeRole;
}

interface Held {
  credentials?: AwsCredentialIdentity;
  /** Kept only while it may be exchanged, so that no more tokens are in memory than needed. */
  token?: string;
  exchange?: Promise<AwsCredentialIdentity>;
  /** Milliseconds since 1970, after an exchange that failed while the credentials were still valid. */
  notBefore?: number;
}

/** The SDK renews credentials five minutes before they expire, so the ones it gets must last longer. */
const renewedMs = 6 * 60_000;
/** Credentials that expire sooner may expire in transit. */
const usableMs = 30_000;
const pauseMs = 10_000;

interface Options {
  /** The minimum number of cached organizations. */
  readonly kept?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Exchanges tokens for credentials, once per organization and lifetime of the credentials: those obtained
 * with one user's token serve the organization's other users, and the next valid token renews them before
 * they expire. If that fails, they are used until they expire.
 */
export function tokenCredentials(
  exchange: ExchangeToken,
  { kept = 200, now = Date.now }: Options = {},
): TokenCredentials {
  const all = new QuickLRU<OrganizationId, Held>({ maxSize: kept });
  const lasts = ({ credentials }: Held, milliseconds: number) =>
    (credentials?.expiration?.getTime() ?? 0) - now() > milliseconds;

  async function renew(organizationId: OrganizationId, held: Held, token: string) {
    try {
      held.credentials = await exchange(organizationId, token);
      return held.credentials;
    } catch (error) {
      if (held.credentials === undefined || !lasts(held, usableMs)) throw error;
      held.notBefore = now() + pauseMs;
      return held.credentials;
    } finally {
      delete held.token;
      delete held.exchange;
    }
  }

  return {
    offer(organizationId, token) {
      const held = all.get(organizationId) ?? {};
      all.set(organizationId, held);
      if (!lasts(held, renewedMs)) held.token = token;
    },
    async assumeRole(organizationId) {
      const held = all.get(organizationId) ?? {};
      const { credentials, token } = held;
      if (credentials !== undefined && lasts(held, renewedMs)) return credentials;
      if (
        credentials !== undefined &&
        lasts(held, usableMs) &&
        (token === undefined || now() < (held.notBefore ?? 0))
      )
        return credentials;
      if (held.exchange !== undefined) return await held.exchange;
      if (token === undefined) throw new Error(`no live token of ${organizationId} has come by`);
      held.exchange = renew(organizationId, held, token);
      return await held.exchange;
    },
  };
}
