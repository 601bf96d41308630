/**
 * Where entries that were appended lately are in the trail, which is ordered by time and not by sequence:
 * from leaf `from` up to the next of these, they are of the seconds from `oldest` to `newest` (since the
 * epoch).
 */
export type Recent = readonly [from: number, oldest: number, newest: number];

/** How many are kept: few, because they are written with every batch. */
const mostRecent = 8;

const joinedUp = ([from, ...first]: Recent, [, ...second]: Recent): Recent => [
  from,
  Math.min(first[0], second[0]),
  Math.max(first[1], second[1]),
];

/** With entries that are appended as leaves from `from` on, by their times (ISO 8601). */
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

/** Those that a leaf from `sealed` on may be among. */
export const stillUnsealed = (recent: readonly Recent[], sealed: number): readonly Recent[] =>
  recent.filter((_, at) => (recent[at + 1]?.[0] ?? Number.POSITIVE_INFINITY) > sealed);

/**
 * Between which times (ISO 8601, both included) the entries of leaves from `from` on are; null if none is.
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
