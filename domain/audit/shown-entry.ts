import type { ShownAuditEntry } from './audit.schema.ts';
import { differenceOf } from './difference.ts';
import type { PlacedEntry } from './stored-entries.ts';

// What changes with every change, or says again where the entry stands: nobody reads it as something that was done.
const bookkeeping = new Set(['revision', 'createdAt', 'updatedAt', 'organizationId', 'expiresAt']);

/** An entry as a person reads it. `names`: what members are called, by user id. */
export function shown(
  { entryId: _, ...entry }: PlacedEntry,
  names: ReadonlyMap<string, string>,
): ShownAuditEntry {
  const { before, after } = entry.details;
  return {
    ...entry,
    actorName: names.get(entry.userId) ?? null,
    changes: differenceOf(before, after).filter(({ field }) => !bookkeeping.has(field)),
  };
}
