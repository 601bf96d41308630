import QuickLRU from 'quick-lru';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { findOrganization } from '../organization/find-organization.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { ChangeStamp } from '../table/change-stamp.ts';
import { auditShards, shardOf } from '../table/layout.ts';
import { type ControlPlane, type OrganizationScope, withinOrganization } from '../table/scope.ts';
import { type Write, write } from '../table/write.ts';
import { create } from '../table/writes.ts';
import { AuditItem } from './audit.noun.ts';
import { auditRefusals } from './audit.refusals.ts';
import type { AuditEntry } from './audit.schema.ts';

const expiry = (timestamp: string, days: number): number =>
  Math.floor(Date.parse(timestamp) / 1000) + days * 86_400;

/**
 * The write that appends an entry, refused as `already_exists` when it is there.
 * @param retentionDays how long it is kept, counted from its own time; null for ever
 */
export function entryWrite(
  plane: ControlPlane,
  { id, schemaVersion: _, organizationId, ...entry }: AuditEntry,
  retentionDays: number | null = null,
): Write {
  const { timestamp } = entry;
  return create(
    withinOrganization(plane, organizationId),
    AuditItem,
    {
      ...entry,
      entryId: id,
      month: timestamp.slice(0, 7),
      shard: shardOf(id, auditShards),
      expiresAt: retentionDays === null ? undefined : expiry(timestamp, retentionDays),
    },
    auditRefusals.entry_exists,
  );
}

/**
 * Appends an entry, once: an entry that is there already stays as it is, however often it is delivered. Not
 * in a transaction of one, which would cost the month's partition twice the write units.
 */
export async function appendEntry(
  scope: OrganizationScope,
  entry: AuditEntry,
  retentionDays: number | null = null,
): Promise<void> {
  await write(scope, entryWrite(scope, entry, retentionDays));
}

/**
 * A change of plan reaches entries after so long at most. Those already written keep the time they were
 * given.
 */
const rememberedMs = 300_000;

/** As long as the plan that keeps entries the longest. */
const longest = Math.max(...Object.values(catalogue).map(({ auditRetentionDays }) => auditRetentionDays));

/** What a change says of who made it; nobody, where it doesn't say so credibly. */
interface AttributedChange {
  readonly action: string;
  readonly actor: (Pick<ChangeStamp, 'by' | 'impersonatedBy'> & { readonly role: string }) | null;
}

/** Whoever may set a plan, also while acting as somebody else, and who names nobody. */
const choosesPlans = (actor: AttributedChange['actor']): boolean =>
  actor === null ||
  actor.impersonatedBy !== undefined ||
  actor.role === 'super_admin' ||
  actor.by === 'system:import';

/** Who isn't of the platform can knock at its door as often as they like: that isn't kept for ever. */
const outsidersRefusalDays = 90;

/**
 * How many days an entry of an organization is kept: the longest, where its actor could have set the plan;
 * else as the plan says, so that nobody's evidence is shortened by themselves. Null, so for ever, for the
 * platform's own but the refusals of outsiders, and for an organization that is no more. Reads an
 * organization once in five minutes.
 * @param reader may read the organizations' profiles
 */
export function retentionOf(
  reader: ControlPlane,
): (organizationId: OrganizationId, change: AttributedChange) => Promise<number | null> {
  const known = new QuickLRU<OrganizationId, number | null>({ maxSize: 1000, maxAge: rememberedMs });
  return async (organizationId, { action, actor }) => {
    if (organizationId === PLATFORM)
      return action === 'access.refused' && actor?.role === 'outsider' ? outsidersRefusalDays : null;
    if (choosesPlans(actor)) return longest;
    const remembered = known.get(organizationId);
    if (remembered !== undefined) return remembered;
    const organization = await findOrganization(withinOrganization(reader, organizationId));
    const days = organization === null ? null : catalogue[organization.subscription.plan].auditRetentionDays;
    known.set(organizationId, days);
    return days;
  };
}
