import { differingNames, type Fields, isFields } from '../difference.ts';
import type { ShownAuditEntry } from './audit.schema.ts';
import type { PlacedEntry } from './stored-entries.ts';

/** One field of a change. `before` is absent where there was nothing, `after` where nothing is left. */
export interface FieldChange {
  /**
   * Names from the outside in, joined by dots (`contactPerson.email`); a dot or backslash of a name itself is
   * escaped by a backslash.
   */
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const escaped = (name: string): string => name.replaceAll(/[\\.]/g, (character) => `\\${character}`);

/**
 * The values an object comes down to, by their paths. A list is one value; so is an object without fields.
 */
function leaves(fields: Fields, within = ''): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    const path = `${within}${escaped(name)}`;
    if (value === undefined) return [];
    return isFields(value) && Object.keys(value).length > 0 ? leaves(value, `${path}.`) : [[path, value]];
  });
}

/**
 * What differs between two states of a thing, value by value, in the order of the fields' names. Null stands
 * for a thing that wasn't there: a new one differs in all it has. Both states are JSON. The entry itself names
 * the attributes that differ (`details.changed`); a person reads what differs within them.
 */
export function differenceOf(before: Fields | null, after: Fields | null): FieldChange[] {
  const [old, current] = [new Map(leaves(before ?? {})), new Map(leaves(after ?? {}))];
  return differingNames(old, current).map((field) => ({
    field,
    ...(old.has(field) ? { before: old.get(field) } : {}),
    ...(current.has(field) ? { after: current.get(field) } : {}),
  }));
}

// What changes with every change, or says again where the entry is: nobody reads it as something that was
// done.
const bookkeeping = new Set(['revision', 'createdAt', 'updatedAt', 'organizationId', 'expiresAt']);

/** An entry as a person reads it. */
export function showEntry({ entryId: _, ...entry }: PlacedEntry): ShownAuditEntry {
  const { before, after } = entry.details;
  return {
    ...entry,
    actorName: entry.actorName ?? null,
    changes: differenceOf(before, after).filter(({ field }) => !bookkeeping.has(field)),
  };
}
