import type { Trend } from '../../../domain/analytics/analytics.schema.ts';
import { aggregateOf, type PlatformMetric } from '../../../domain/usage/metric.schema.ts';
import type { TrendPoint } from '../../components/charts/plot.tsx';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import { goodOf, metricWords } from './metric-words.ts';
import type { PeriodAsked } from './period.tsx';

const dayMs = 86_400_000;
const lengthOf = ({ from, to }: { readonly from: string; readonly to: string }) =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

/** What a figure is compared with, shown after the change: `vs. previous 30 days`. */
export function againstOf(
  metric: PlatformMetric,
  days: number,
  compare: PeriodAsked['compare'],
  { analytics }: Texts,
): string {
  if (compare === 'year') return analytics.against.year;
  return aggregateOf(metric) === 'last' ? analytics.against.ago(days) : analytics.against.previous(days);
}

/** A trend's headline number and its period; tiles with the same title show the same number. */
function useFigureOf() {
  const { analytics } = useTexts();
  const { date } = useFormats();
  return ({ aggregate, current: { from, to, value, points } }: Trend) => {
    const last = points.findLast((point) => point.value !== null)?.to ?? to;
    return { value, of: analytics.figureOf[aggregate](date(from), date(aggregate === 'last' ? last : to)) };
  };
}

/** A trend's points, each paired with the same step of the comparison. */
function usePointsOf() {
  const { analytics } = useTexts();
  const { date, shortDate } = useFormats();
  const noteOf = (provisional: boolean, partial: boolean) =>
    provisional ? analytics.soFar : partial ? analytics.partialStep : undefined;
  return ({ current, previous }: Trend, isCompared: boolean): TrendPoint[] =>
    current.points.map(({ from, to, value, provisional, partial }, index) => {
      const then = previous.points[index];
      return {
        date: from,
        value,
        label: from === to ? date(from) : `${shortDate(from)} – ${date(to)}`,
        partial: partial || provisional,
        note: noteOf(provisional, partial),
        ...(isCompared && then !== undefined
          ? { compared: then.value, comparedLabel: shortDate(then.from) }
          : {}),
      };
    });
}

/** Everything a card shows of a trend. */
export function useChartOf() {
  const texts = useTexts();
  const { analytics } = texts;
  const [figureOf, pointsOf] = [useFigureOf(), usePointsOf()];
  return (trend: Trend, compare: PeriodAsked['compare']) => {
    const { metric, current, previous, change } = trend;
    const days = lengthOf(current);
    // A comparison without any known value isn't drawn.
    const isCompared = compare !== 'none' && previous.points.some(({ value }) => value !== null);
    const name = compare === 'year' ? analytics.comparisons.year : analytics.previousDays(days);
    const { title, text } = metricWords(metric, texts);
    return {
      title,
      definition: text,
      figure: figureOf(trend),
      points: pointsOf(trend, isCompared),
      ...(isCompared ? { comparedName: name } : {}),
      ...(compare === 'none'
        ? {}
        : { delta: { change, against: againstOf(metric, days, compare, texts), good: goodOf(metric) } }),
    };
  };
}
