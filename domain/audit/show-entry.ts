import { differingNames, type Fields, isFields } from '../difference.ts';
import type { ShownAuditEntry } from './audit.schema.ts';
import type { PlacedEntry } from './stored-entries.ts';

/** One changed field. `before` is absent if there was no value, `after` if it was removed. */
export interface FieldChange {
  /**
   * The path, joined by dots (`contactPerson.email`); dots and backslashes within names are escaped with a
   * backslash.
   */
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const escaped = (name: string): string => name.replaceAll(/[\\.]/g, (character) => `\\${character}`);

/** An object's leaf values by path. Lists and empty objects count as single values. */
function leaves(fields: Fields, within = ''): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    const path = `${within}${escaped(name)}`;
    if (value === undefined) return [];
    return isFields(value) && Object.keys(value).length > 0 ? leaves(value, `${path}.`) : [[path, value]];
  });
}

/**
 * The differences between two states of a resource, value by value, sorted by field. Both states are JSON;
 * null stands for a missing one. The entry itself names the attributes that differ (`details.changed`);
 * this shows what differs within them.
 */
export function differenceOf(before: Fields | null, after: Fields | null): FieldChange[] {
  const [old, current] = [new Map(leaves(before ?? {})), new Map(leaves(after ?? {}))];
  return differingNames(old, current).map((field) => ({
    field,
    ...(old.has(field) ? { before: old.get(field) } : {}),
    ...(current.has(field) ? { after: current.get(field) } : {}),
  }));
}

// Attributes that change with every write or repeat the entry's own place, and aren't part of the action.
const bookkeeping = new Set(['revision', 'createdAt', 'updatedAt', 'organizationId', 'expiresAt']);

/** An entry as shown to users. */
export function showEntry({ entryId: _, ...entry }: PlacedEntry): ShownAuditEntry {
  const { before, after } = entry.details;
  return {
    ...entry,
    actorName: entry.actorName ?? null,
    changes: differenceOf(before, after).filter(({ field }) => !bookkeeping.has(field)),
  };
}
