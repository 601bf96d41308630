/** Values by name: attributes of an item, or paths within them. */
type Values = ReadonlyMap<string, unknown>;

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object, neither a list nor null. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two JSON values are equal, regardless of field order: DynamoDB returns maps in any order. */
export function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, index) => same(value, other[index]));
  if (!isFields(one) || !isFields(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}

/** The sorted names of values that differ between two states. Values are JSON. */
export const differingNames = (before: Values, after: Values): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.has(name) !== after.has(name) || !same(before.get(name), after.get(name)))
    .sort();
