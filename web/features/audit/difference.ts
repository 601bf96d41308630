/** One field of a change, as a person reads it; null where there was nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

// The table's own bookkeeping, which changes with every change.
const silent = new Set(['revision', 'updatedAt', 'createdAt', 'organizationId', 'expiresAt', 'providerId']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nested objects become paths: `contactPerson.email`. */
function flat(value: unknown, path = ''): [string, string][] {
  if (!isRecord(value))
    return value === undefined ? [] : [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, inner]) =>
    flat(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** What differs between two states of an item, field by field, in the order of their names. */
export function differenceOf(before: unknown, after: unknown): FieldChange[] {
  const [old, current] = [new Map(flat(before ?? {})), new Map(flat(after ?? {}))];
  return [...new Set([...old.keys(), ...current.keys()])]
    .filter((field) => !silent.has(field) && old.get(field) !== current.get(field))
    .sort()
    .map((field) => ({ field, before: old.get(field) ?? null, after: current.get(field) ?? null }));
}
