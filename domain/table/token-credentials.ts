import type { AwsCredentialIdentity } from '@aws-sdk/types';
import QuickLRU from 'quick-lru';
import type { OrganizationId } from '../ids.ts';
import type { AssumeRole, ExchangeToken } from './tenant-credentials.ts';

/** Credentials for organizations whose people's tokens have come by. */
interface TokenCredentials {
  /** Takes note of a live token of one of an organization's people, if there may be need of it. */
  offer(organizationId: OrganizationId, token: string): void;
  /** Rejects for an organization none of whose people has just asked for something. */
  readonly assumeRole: AssumeRole;
}

interface Held {
  credentials?: AwsCredentialIdentity;
  /** Only while it may be exchanged: nobody finds more tokens here than there is need of. */
  token?: string;
  exchange?: Promise<AwsCredentialIdentity>;
  /** Milliseconds since 1970, after an exchange that failed while the credentials were still good. */
  notBefore?: number;
}

/** The SDK asks for others five minutes before the end; those that it gets must last longer. */
const renewedMs = 6 * 60_000;
/** Credentials that end sooner may end on their way. */
const usableMs = 30_000;
const pauseMs = 10_000;

interface Options {
  /** How many organizations are held at least. */
  readonly kept?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Exchanges tokens for credentials, once for each organization and lifetime of the credentials: what one
 * person's token gave serves the organization's others, and before it ends the next live token renews it. If
 * that fails, it serves until its end.
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
