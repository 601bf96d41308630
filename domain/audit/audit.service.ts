import { AppError } from '../errors.ts';
import { happened } from '../table/conditional.ts';
import { entityOf } from '../table/entity.ts';
import { auditShards } from '../table/layout.ts';
import type { ControlPlane, OrganizationScope } from '../table/scope.ts';
import { put, type Write } from '../table/write.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditEntry } from './audit.schema.ts';

const monthOf = (timestamp: string) => timestamp.slice(0, 7);

/** Which of its month's keys an entry is under in the platform's feed: spread evenly by its id. */
const shardOf = (id: string): number =>
  [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 65_521, 0) % auditShards;

const expiry = (timestamp: string, days: number): number =>
  Math.floor(Date.parse(timestamp) / 1000) + days * 86_400;

/** The creation of an entry, which does nothing when it is there. `retentionDays`: null for ever. */
function creationOf(entry: AuditEntry, retentionDays: number | null) {
  const { id, schemaVersion: _, actorName, requestId, ip, userAgent, impersonatedBy, ...fields } = entry;
  // ElectroDB tells an absent attribute from one that is `undefined`.
  return entityOf(AuditItem).create({
    ...fields,
    entryId: id,
    month: monthOf(entry.timestamp),
    shard: shardOf(id),
    ...(retentionDays === null ? {} : { expiresAt: expiry(entry.timestamp, retentionDays) }),
    ...(actorName === undefined ? {} : { actorName }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(ip === undefined ? {} : { ip }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(impersonatedBy === undefined ? {} : { impersonatedBy }),
  });
}

/**
 * The write that appends an entry in a transaction, refused as `already_exists` when it is there. It is kept
 * for ever.
 */
export const entryWrite = (plane: ControlPlane, entry: AuditEntry): Write =>
  put(plane, creationOf(entry, null), () => new AppError('already_exists', 'The entry is there.'));

/**
 * Appends an entry, once: an entry that is there already stays as it is, however often it is delivered. Not
 * in a transaction of one, which would cost the month's partition twice the write units.
 * @param retentionDays how long it is kept, counted from its own time; null for ever
 */
export async function appendEntry(
  { client, table }: OrganizationScope,
  entry: AuditEntry,
  retentionDays: number | null = null,
): Promise<void> {
  await happened(creationOf(entry, retentionDays).go({ client, table }));
}
