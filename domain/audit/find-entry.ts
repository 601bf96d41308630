import type { EntryReference } from '../actor.ts';
import { find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditEntry } from './audit.schema.ts';
import { monthOf } from './paginate-trail.ts';
import { entryIn } from './stored-entries.ts';

/** The id prefix of imported entries; other entries never have it. */
export const importedPrefix = 'legacy-';

/** Whether an entry was imported from a legacy audit log, with that system's actions and images. */
export const isImported = ({ id }: Pick<AuditEntry, 'id'>): boolean => id.startsWith(importedPrefix);

/** An organization's entry with this time and id; null if there is none. */
export async function entryOf(
  scope: OrganizationScope,
  { id, timestamp }: EntryReference,
): Promise<AuditEntry | null> {
  const key = { month: monthOf(timestamp), timestamp, entryId: id };
  const stored = await find(scope, AuditItem, key);
  return stored === null ? null : entryIn(stored);
}

/** The entries for these references that exist, by id. */
export async function entriesOf(
  scope: OrganizationScope,
  references: readonly EntryReference[],
): Promise<ReadonlyMap<string, AuditEntry>> {
  if (references.length === 0) return new Map();
  const keys = references.map(({ id, timestamp }) => ({
    month: monthOf(timestamp),
    timestamp,
    entryId: id,
  }));
  const stored = await findMany(scope, AuditItem, keys);
  return new Map(stored.map((item) => [item.entryId, entryIn(item)]));
}
