import QuickLRU from 'quick-lru';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { planAndWebhooks } from '../organization/webhook-count.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { ChangeStamp } from '../table/change-stamp.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';

/**
 * How long a plan is cached, and so the maximum delay until a changed plan affects new entries. Existing
 * entries keep their expiry.
 */
const rememberedMs = 300_000;

/** The minimum lifetime of an entry, however late it is appended: until it is sealed, see `sealTrail`. */
const leastSeconds = 7 * 86_400;

/**
 * When an entry expires, in seconds since the epoch.
 * @param days retention counted from the entry's own time; null means forever
 */
export const expiryOf = (timestamp: string, days: number | null, now: Date): number | undefined =>
  days === null
    ? undefined
    : Math.floor(Math.max(Date.parse(timestamp) / 1000 + days * 86_400, now.getTime() / 1000 + leastSeconds));

/** The longest retention of any plan. */
const longest = Math.max(...Object.values(catalogue).map(({ auditRetentionDays }) => auditRetentionDays));

/** A change and its actor; null if the item names none credibly. */
interface AttributedChange {
  readonly action: string;
  readonly actor: (Pick<ChangeStamp, 'by' | 'impersonatedBy'> & { readonly role: string }) | null;
}

/** Whether the actor could have set the plan; true for impersonators and unknown actors, too. */
const choosesPlans = (actor: AttributedChange['actor']): boolean =>
  actor === null ||
  actor.impersonatedBy !== undefined ||
  actor.role === 'super_admin' ||
  actor.by === 'system:import';

/** Outsiders can cause any number of refusals on the platform, so these aren't kept forever. */
const outsidersRefusalDays = 90;

/** Whether an organization's data was deleted or is being deleted. */
type IsDeparted = (organizationId: OrganizationId) => Promise<boolean>;

/** The audit writer's knowledge of organizations. */
export interface KnownOrganizations {
  /**
   * How many days an entry is kept: according to the organization's plan, or to the longest plan if the
   * actor could have set the plan, so that no one can shorten the evidence against them. Null (forever) for
   * the platform's own entries, except refusals of outsiders, and for deleted organizations. `none` for the
   * remains of an organization whose data was deleted: nothing of it may come back.
   */
  retention(organizationId: OrganizationId, change: AttributedChange): Promise<number | null | 'none'>;
  /** Whether its entries may have to be sent to webhooks. */
  hasWebhooks(organizationId: OrganizationId): Promise<boolean>;
}

/**
 * Reads an organization once in five minutes.
 * @param reader must be allowed to read the organizations' profiles
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
