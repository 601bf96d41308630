import type { Trend } from '../../../domain/analytics/analytics.schema.ts';
import { daysAgo } from '../../lib/days.ts';
import type { Texts } from '../../text/english.ts';
import type { Formats } from '../../text/formats.ts';

interface FigureWords extends Pick<Texts['analytics'], 'figureOf'>, Pick<Formats, 'date'> {}

/** A trend's points, each beside the same step of the period before. */
export const pointsOf = ({ current, previous }: Pick<Trend, 'current' | 'previous'>) =>
  current.points.map(({ from, value }, index) => ({
    date: from,
    value,
    previous: previous.points[index]?.value ?? null,
  }));

/**
 * The number that stands for a trend, and of what time it is: a state as it was last, the sum of what
 * happened, or the mean of the days. A tile of the same title and time has the same.
 */
export function figureOf({ aggregate, current }: Pick<Trend, 'aggregate' | 'current'>, words: FigureWords) {
  const { from, to, value, points } = current;
  const last = points.findLast((point) => point.value !== null)?.to ?? to;
  return {
    value,
    of: words.figureOf[aggregate](words.date(from), words.date(aggregate === 'last' ? last : to)),
  };
}

/**
 * The last whole weeks (ISO 8601: from Monday on, UTC), so that each point stands for as many days as the
 * others.
 */
export function wholeWeeks(now: Date, weeks: number): { readonly from: string; readonly to: string } {
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  return { from: daysAgo(sinceMonday + 7 * weeks, now), to: daysAgo(sinceMonday + 1, now) };
}
