import type { Course, KpiPlan } from './kpi-plans.ts';

/** How much of the way is done when a share of the period is over. */
const pace: Record<Course, number> = { well: 1, behind: 0.72, badly: 0.35, silent: 0.9, untouched: 0 };
/** How far outside the band a KPI to keep between two values is at the end of its course, in widths of the band. */
const stray: Record<Course, number> = { well: -0.3, behind: 0.12, badly: 0.45, silent: 0, untouched: 0 };

const rounded = (value: number, scale: number) => {
  const digits = scale < 3 ? 2 : scale < 30 ? 1 : 0;
  return Number(value.toFixed(digits));
};

/** The value reported in a week of a plan's course, when `elapsed` (0 to 1) of its period is over: a trend with some weather. */
export function reportedValue({ baseline, target, course }: KpiPlan, elapsed: number, week: number): number {
  const weather = 0.03 * Math.sin(week * 1.7) + 0.015 * Math.cos(week * 0.6);
  if (typeof target === 'number') {
    const way = target - baseline;
    return rounded(baseline + way * (elapsed * pace[course] + weather), Math.abs(way));
  }
  const width = target.high - target.low;
  const end = target.high + width * stray[course];
  return rounded(baseline + (end - baseline) * Math.min(1, elapsed * 1.6) + width * weather, width);
}
