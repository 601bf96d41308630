import QuickLRU from 'quick-lru';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { findOrganization } from '../organization/find-organization.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { ChangeStamp } from '../table/change-stamp.ts';
import { auditShards, shardOf } from '../table/layout.ts';
import { type ControlPlane, type OrganizationScope, withinOrganization } from '../table/scope.ts';
import { type Write, write } from '../table/transaction.ts';
import { create } from '../table/writes.ts';
import { AuditItem } from './audit.noun.ts';
import { auditRefusals } from './audit.refusals.ts';
import type { AuditEntry } from './audit.schema.ts';

const expiry = (timestamp: string, days: number): number =>
  Math.floor(Date.parse(timestamp) / 1000) + days * 86_400;

/**
 * The write that appends an entry; refused with `already_exists` when it is there.
 * @param retentionDays how long it is kept, counted from its own time; null means for ever
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
 * Appends an entry once: one that exists stays as it is, however often it is delivered. A transaction of one
 * write would cost twice the write units, so this is a plain write.
 */
export async function appendEntry(
  scope: OrganizationScope,
  entry: AuditEntry,
  retentionDays: number | null = null,
): Promise<void> {
  await write(scope, entryWrite(scope, entry, retentionDays));
}

/**
 * How long a plan is remembered, so at most how late a change of plan affects new entries. Entries already
 * written keep their expiry.
 */
const rememberedMs = 300_000;

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

/**
 * How many days an entry of an organization is kept: as its plan says, or as the longest plan says if the
 * actor could have set the plan, so that nobody can shorten the life of evidence against them. Null (for
 * ever) for the platform's own entries, except refusals of outsiders, and for an organization that is gone.
 * Reads an organization once in five minutes.
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
