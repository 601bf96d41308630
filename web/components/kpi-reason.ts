import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { earliestCheckIn, expectedAt, isStale } from '../../domain/kpi/kpi-status.schema.ts';
import { isSameDay } from '../lib/expected.ts';
import { roundedFor } from '../lib/rounded.ts';
import { useFormats, useTexts } from '../text/language.tsx';

/** Explains a KPI's status: what its value is compared with. */
export function useKpiReason(): (kpi: Kpi) => string {
  const { reasons, computedProblems } = useTexts().kpis;
  const { number, date } = useFormats();
  return (kpi) => {
    const { latest, target, unit, progress, computedProblem } = kpi;
    const now = new Date();
    const amount = (value: number) => {
      const words = number(roundedFor(kpi, value));
      return unit === '%' ? `${words} %` : words;
    };
    if (computedProblem !== undefined) return computedProblems[computedProblem];
    if (latest === null) return reasons.none;
    if (isStale(kpi, latest, now)) return reasons.old(date(latest.at));
    if (Date.parse(latest.at) < earliestCheckIn(kpi).getTime()) return reasons.early(date(latest.at));
    const { value, at } = latest;
    if (typeof target !== 'number') {
      if (value < target.low) return reasons.belowRange(amount(target.low - value), amount(target.low));
      if (value > target.high) return reasons.aboveRange(amount(value - target.high), amount(target.high));
      return reasons.inRange;
    }
    if (progress === 1) return reasons.reached;
    const expected = expectedAt(kpi, at) ?? target;
    const when = isSameDay(at, now) ? reasons.today : reasons.on(date(at));
    const difference = amount(Math.abs(expected - value));
    if (difference === amount(0)) return reasons.same(amount(expected), when);
    return (value < expected ? reasons.below : reasons.above)(difference, amount(expected), when);
  };
}
