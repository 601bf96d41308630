/** The median; of an even number of figures, the mean of the middle two. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/**
 * Runs contenders in rounds, each starting with a different one, so that background load affects all of
 * them equally. Resolves to the median of each.
 */
export async function pairedMedians<Name extends string>(
  contenders: Readonly<Record<Name, () => Promise<number>>>,
  rounds: number,
): Promise<Record<string, number>> {
  const names = Object.keys(contenders);
  const runs = new Map<string, () => Promise<number>>(Object.entries(contenders));
  const figures = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)])
      figures.get(name)?.push((await runs.get(name)?.()) ?? 0);
  return Object.fromEntries([...figures].map(([name, all]) => [name, median(all)]));
}
