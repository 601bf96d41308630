/** How often an id occurs in a list. */
const timesIn = (ids: readonly string[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
};

/** The outcome of accepted writes. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly wrongOrder: readonly string[];
}

/**
 * Compares accepted writes, in order, with what is stored, oldest first. Additional items are writes whose
 * response was lost, which is fine unless they occur twice.
 */
export function judgeKept(accepted: readonly string[], kept: readonly string[]): Verdict {
  const times = timesIn(kept);
  const expected = new Set(accepted);
  const lost = accepted.filter((id) => !times.has(id));
  const missing = new Set(lost);
  const there = accepted.filter((id) => !missing.has(id));
  const inOrder = [...new Set(kept)].filter((id) => expected.has(id));
  return {
    lost,
    doubled: [...times].flatMap(([id, count]) => (count > 1 ? [id] : [])),
    wrongOrder: there.filter((id, index) => inOrder[index] !== id),
  };
}
