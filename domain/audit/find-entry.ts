import type { EntryReference } from '../actor.ts';
import { find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditEntry } from './audit.schema.ts';
import { monthOf } from './paginate-trail.ts';
import { entryIn } from './stored-entries.ts';

/** What the ids of imported entries begin with: those that the product records never do. */
export const importedPrefix = 'legacy-';

/** Whether an entry came from a legacy audit log, whose actions and images are its own. */
export const isImported = ({ id }: Pick<AuditEntry, 'id'>): boolean => id.startsWith(importedPrefix);

/** An entry of an organization's trail; null if there is none at that time with that id. */
export async function entryOf(
  scope: OrganizationScope,
  { id, timestamp }: EntryReference,
): Promise<AuditEntry | null> {
  const key = { month: monthOf(timestamp), timestamp, entryId: id };
  const stored = await find(scope, AuditItem, key);
  return stored === null ? null : entryIn(stored);
}

/** The entries of these references that there are, by their ids. */
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
