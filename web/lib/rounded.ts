import type { Goal } from '../../domain/kpi/goal.schema.ts';

const digits = 3;

/** Rounds a computed number to a meaningful precision: three digits of the distance to the target. */
export function roundedFor({ baseline, target }: Pick<Goal, 'baseline' | 'target'>, value: number): number {
  const way = typeof target === 'number' ? Math.abs(target - baseline) : target.high - target.low;
  const power = Math.floor(Math.log10(way)) - digits + 1;
  if (power < 0) return Number(value.toFixed(-power));
  return Math.round(value / 10 ** power) * 10 ** power;
}
