import type { Trend } from '../../../domain/analytics/analytics.schema.ts';
import { daysAgo } from '../../lib/days.ts';

/** A trend's points, each beside the same step of the period before. */
export const pointsOf = ({ current, previous }: Pick<Trend, 'current' | 'previous'>) =>
  current.points.map(({ from, value }, index) => ({
    date: from,
    value,
    previous: previous.points[index]?.value ?? null,
  }));

/** The last whole weeks (ISO 8601: from Monday on, UTC), so that each point stands for as many days as the others. */
export function wholeWeeks(now: Date, weeks: number): { readonly from: string; readonly to: string } {
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  return { from: daysAgo(sinceMonday + 7 * weeks, now), to: daysAgo(sinceMonday + 1, now) };
}
