import type { Trend } from '../../../domain/analytics/analytics.schema.ts';

/** A trend's points, each beside the same step of the period before. */
export const pointsOf = ({ current, previous }: Pick<Trend, 'current' | 'previous'>) =>
  current.points.map(({ from, value }, index) => ({
    date: from,
    value,
    previous: previous.points[index]?.value ?? null,
  }));

const dayMs = 86_400_000;
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The last whole weeks (ISO 8601: from Monday on, UTC), so that each point stands for as many days as the others. */
export function wholeWeeks(now: Date, weeks: number): { readonly from: string; readonly to: string } {
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  const monday = now.getTime() - sinceMonday * dayMs;
  return { from: dateOf(monday - 7 * weeks * dayMs), to: dateOf(monday - dayMs) };
}
