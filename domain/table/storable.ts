declare global {
  interface JSON {
    /** Keeps a number's digits as text, which JavaScript might round. */
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}

/** A value that an item can't store unchanged: its path, and the problem. */
export interface Unstorable {
  readonly path: string;
  readonly problem: string;
}

/** The problem and its path as text; long paths are truncated. */
export const problemText = ({ path, problem }: Unstorable): string =>
  `${path.length > longestPath ? `${path.slice(0, longestPath)}…` : path}: ${problem}`;

/** The maximum size of an item in bytes, including attribute names and keys. */
export const mostBytes = 409_600;

const longestPath = 120;
const mostLevels = 32;
const leastNumber = 1e-130;
const inexact = "a number that can't be kept exactly";
// The document client would mistake the first for the value's class, and set the second as its prototype.
const reservedNames = ['constructor', '__proto__'];

/**
 * The first value in an item that DynamoDB or the document client would refuse or change. Takes JSON
 * values; numbers beyond JavaScript's precision are wrapped by `JSON.rawJSON`.
 * @param level the depth of the value: 0 for an item, 1 for an attribute's value
 */
export function unstorable(value: unknown, path = '', level = 0): Unstorable | undefined {
  const because = (problem: string) => ({ path, problem });
  if (level > mostLevels) return because(`nested more than ${mostLevels} levels deep`);
  if (typeof value === 'string') return value.isWellFormed() ? undefined : because('half of a character');
  if (typeof value === 'number') return isStorable(value) ? undefined : because(inexact);
  if (typeof value !== 'object' || value === null) return undefined;
  if (JSON.isRawJSON(value)) return because(inexact);
  for (const [name, field] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    const found = problemOfName(name, at) ?? unstorable(field, at, level + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function problemOfName(name: string, path: string): Unstorable | undefined {
  if (name === '') return { path, problem: 'a field without a name' };
  if (reservedNames.includes(name)) return { path, problem: `a field named ${name}` };
  return name.isWellFormed() ? undefined : { path, problem: 'half of a character in the name of a field' };
}

/** Whether the table stores a number exactly. */
export const isStorable = (value: number): boolean =>
  Math.abs(value) <= Number.MAX_SAFE_INTEGER && (value === 0 || Math.abs(value) >= leastNumber);

/** The bytes that a value takes in an item, as DynamoDB counts them; for numbers an upper bound. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return 2 + Math.ceil(String(value).length / 2);
  if (typeof value !== 'object' || value === null) return 1;
  const named = !Array.isArray(value);
  const sizes = Object.entries(value).map(
    ([name, field]) => 1 + (named ? bytesOf(name) : 0) + bytesOf(field),
  );
  return sizes.reduce((sum, size) => sum + size, 3);
}
