import type { Trend } from '../../../domain/analytics/analytics.schema.ts';

/** A trend's points, each beside the same step of the period before. */
export const pointsOf = ({ current, previous }: Pick<Trend, 'current' | 'previous'>) =>
  current.points.map(({ from, value }, index) => ({
    date: from,
    value,
    previous: previous.points[index]?.value ?? null,
  }));
