import type { Kpi } from './kpi.schema.ts';
import { kpiStatuses, noKpis } from './kpi-status.schema.ts';

const reportDays = 7;
const dayMs = 86_400_000;

/** Whether people have to report it now; computed KPIs aren't reported. */
const isRunning = ({ period: { start, end }, formula }: Kpi, now: Date): boolean => {
  const today = now.toISOString().slice(0, 10);
  return formula === undefined && start <= today && today <= end;
};

const isReported = ({ latest }: Kpi, now: Date): boolean =>
  latest !== null && now.getTime() - Date.parse(latest.at) <= reportDays * dayMs;

/** Whether a value is due: the KPI's period is running, and it has none from the last 7 days. */
export const isDue = (kpi: Kpi, now: Date): boolean => isRunning(kpi, now) && !isReported(kpi, now);

/**
 * When the next value is due: 7 days after the last one, or at the start of the period. Null after the
 * period, and for computed KPIs.
 */
export function nextDue({ period, latest, formula }: Kpi, now: Date): string | null {
  if (formula !== undefined || period.end < now.toISOString().slice(0, 10)) return null;
  const begins = Date.parse(period.start);
  const next = latest === null ? begins : Date.parse(latest.at) + reportDays * dayMs;
  return new Date(Math.max(begins, next)).toISOString();
}

const severity = [...kpiStatuses].reverse();

/** Sorts by urgency: due KPIs first, then by status, then by age of the value. */
export function byNeed(now: Date): (a: Kpi, b: Kpi) => number {
  const rank = (kpi: Kpi) =>
    `${isDue(kpi, now) ? 0 : 1} ${severity.indexOf(kpi.status)} ${kpi.latest?.at ?? ''} ${kpi.id}`;
  return (a, b) => (rank(a) < rank(b) ? -1 : 1);
}

/** KPIs by status, and how many of the active ones are reported. */
export function standOf(kpis: readonly Kpi[], now: Date) {
  const count = { ...noKpis };
  for (const { status } of kpis) count[status] += 1;
  const running = kpis.filter((kpi) => isRunning(kpi, now));
  return {
    kpis: count,
    reporting: { running: running.length, reported: running.filter((kpi) => isReported(kpi, now)).length },
  };
}
