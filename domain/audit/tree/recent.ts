/**
 * Where recently appended entries are in the audit log, which is ordered by time rather than sequence: the
 * leaves from `from` up to the next element have times from `oldest` to `newest` (seconds since the epoch).
 */
export type Recent = readonly [from: number, oldest: number, newest: number];

/** How many are kept; few, because they are written with every batch. */
const mostRecent = 8;

const joinedUp = ([from, ...first]: Recent, [, ...second]: Recent): Recent => [
  from,
  Math.min(first[0], second[0]),
  Math.max(first[1], second[1]),
];

/** Adds entries appended as leaves from `from` on, by their times (ISO 8601). */
export function withAppended(
  recent: readonly Recent[],
  from: number,
  timestamps: readonly string[],
): readonly Recent[] {
  if (timestamps.length === 0) return recent;
  const seconds = timestamps.map((timestamp) => Date.parse(timestamp) / 1000);
  const added: Recent = [from, Math.floor(Math.min(...seconds)), Math.ceil(Math.max(...seconds))];
  const [first, second, ...others] = [...recent, added];
  if (first === undefined || second === undefined || others.length < mostRecent - 1)
    return [...recent, added];
  return [joinedUp(first, second), ...others];
}

/** The elements that may contain leaves from `sealed` on. */
export const stillUnsealed = (recent: readonly Recent[], sealed: number): readonly Recent[] =>
  recent.filter((_, at) => (recent[at + 1]?.[0] ?? Number.POSITIVE_INFINITY) > sealed);

/**
 * The range of times (ISO 8601, inclusive) of the entries of leaves from `from` on; null if there are none.
 */
export function timesFrom(
  recent: readonly Recent[],
  from: number,
): { oldest: string; newest: string } | null {
  const [first, ...others] = stillUnsealed(recent, from);
  if (first === undefined) return null;
  const [, oldest, newest] = others.reduce(joinedUp, first);
  const text = (seconds: number) => new Date(seconds * 1000).toISOString();
  return { oldest: text(oldest), newest: text(newest) };
}
