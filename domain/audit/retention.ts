import QuickLRU from 'quick-lru';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { planAndWebhooks } from '../organization/webhook-count.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { ChangeStamp } from '../table/change-stamp.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';

/**
 * How long a plan is remembered, so at most how late a change of plan affects new entries. Entries already
 * written keep their expiry.
 */
const rememberedMs = 300_000;

/** How long an entry stays at least, however late it is appended: until it is sealed, see `sealTrail`. */
const leastSeconds = 7 * 86_400;

/**
 * When an entry expires, seconds since the epoch.
 * @param days how long it is kept, counted from its own time; null means for ever
 */
export const expiryOf = (timestamp: string, days: number | null, now: Date): number | undefined =>
  days === null
    ? undefined
    : Math.floor(Math.max(Date.parse(timestamp) / 1000 + days * 86_400, now.getTime() / 1000 + leastSeconds));

/** The retention of the plan that keeps entries the longest. */
const longest = Math.max(...Object.values(catalogue).map(({ auditRetentionDays }) => auditRetentionDays));

/** A change and its actor; null if the item doesn't name one credibly. */
interface AttributedChange {
  readonly action: string;
  readonly actor: (Pick<ChangeStamp, 'by' | 'impersonatedBy'> & { readonly role: string }) | null;
}

/** Whether the actor could have set the plan: also one who acts as somebody else, and an unknown one. */
const choosesPlans = (actor: AttributedChange['actor']): boolean =>
  actor === null ||
  actor.impersonatedBy !== undefined ||
  actor.role === 'super_admin' ||
  actor.by === 'system:import';

/** Outsiders can cause any number of refusals on the platform, so these aren't kept for ever. */
const outsidersRefusalDays = 90;

/** Whether an organization's data is being deleted, or is. */
type IsDeparted = (organizationId: OrganizationId) => Promise<boolean>;

/** What the audit writer knows of organizations. */
export interface KnownOrganizations {
  /**
   * How many days an entry is kept: as its organization's plan says, or as the longest plan says if the actor
   * could have set the plan, so that nobody can shorten the life of evidence against them. Null (for ever)
   * for the platform's own entries, except refusals of outsiders, and for an organization that is gone.
   * `none` for what is left of an organization whose data is deleted: nothing of it is to come back.
   */
  retention(organizationId: OrganizationId, change: AttributedChange): Promise<number | null | 'none'>;
  /** Whether there may be somebody to be told of its entries. */
  hasWebhooks(organizationId: OrganizationId): Promise<boolean>;
}

/**
 * Reads an organization once in five minutes, for all that is asked of it.
 * @param reader may read the organizations' profiles
 */
export function knownOrganizations(reader: ControlPlane, isDeparted: IsDeparted): KnownOrganizations {
  const known = new QuickLRU<OrganizationId, { days: number | null | 'none'; webhooks: number }>({
    maxSize: 1000,
    maxAge: rememberedMs,
  });
  async function profile(organizationId: OrganizationId) {
    const remembered = known.get(organizationId);
    if (remembered !== undefined) return remembered;
    const stored = await planAndWebhooks(withinOrganization(reader, organizationId));
    if (stored === null && (await isDeparted(organizationId))) return { days: 'none', webhooks: 0 } as const;
    const days = stored === null ? null : catalogue[stored.plan].auditRetentionDays;
    const found = { days, webhooks: stored?.webhooks ?? 0 };
    known.set(organizationId, found);
    return found;
  }
  return {
    async retention(organizationId, { action, actor }) {
      if (organizationId === PLATFORM)
        return action === 'access.refused' && actor?.role === 'outsider' ? outsidersRefusalDays : null;
      if (choosesPlans(actor)) return (await isDeparted(organizationId)) ? 'none' : longest;
      return (await profile(organizationId)).days;
    },
    hasWebhooks: async (organizationId) =>
      organizationId !== PLATFORM && (await profile(organizationId)).webhooks > 0,
  };
}
