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

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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

/** Whether two JSON values are the same, whatever the order of their fields: a table gives maps in any. */
function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, index) => same(value, other[index]));
  if (!isFields(one) || !isFields(other)) return Object.is(one, other);
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}

/**
 * What differs between two states of a thing, value by value, in the order of the fields' names. Null stands
 * for a thing that wasn't there: a new one differs in all it has. Both states are JSON.
 */
export function differenceOf(before: Fields | null, after: Fields | null): FieldChange[] {
  const [old, current] = [new Map(leaves(before ?? {})), new Map(leaves(after ?? {}))];
  const differs = (field: string) =>
    old.has(field) !== current.has(field) || !same(old.get(field), current.get(field));
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter(differs)
    .sort()
    .map((field) => ({
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
