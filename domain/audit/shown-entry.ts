import type { ShownAuditEntry } from './audit.schema.ts';
import { differenceOf } from './difference.ts';
import type { PlacedEntry } from './stored-entries.ts';

// What changes with every change, or says again where the entry stands: nobody reads it as something that was done.
const bookkeeping = new Set(['revision', 'createdAt', 'updatedAt', 'organizationId', 'expiresAt']);

/** An entry as a person reads it. */
export function shown({ entryId: _, ...entry }: PlacedEntry): ShownAuditEntry {
  const { before, after } = entry.details;
  return {
    ...entry,
    actorName: entry.actorName ?? null,
    changes: differenceOf(before, after).filter(({ field }) => !bookkeeping.has(field)),
  };
}
