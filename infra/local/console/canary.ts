import { CanaryReport } from '../../../domain/canary/canary.schema.ts';
import type { ScheduleResult, ScheduleStatus } from '../aws/scheduler.ts';

/** The result of the isolation canary's last run. */
export interface CanaryState {
  /** Whether every crossing was refused and every control answered; null before the first run. */
  readonly isWell: boolean | null;
  /** ISO 8601. */
  readonly ranAt: string | undefined;
  readonly summary: string;
  /** Attempts that didn't end as they should, one line each. */
  readonly details: readonly string[];
}

/** The canary's schedule, by the name that the template gives it. */
const isCanary = ({ logicalId }: ScheduleStatus): boolean => logicalId.startsWith('CanaryTry');

export const canarySchedule = (schedules: readonly ScheduleStatus[]): ScheduleStatus | undefined =>
  schedules.find(isCanary);

export function canaryState(schedules: readonly ScheduleStatus[]): CanaryState {
  const last = canarySchedule(schedules)?.results[0];
  if (last === undefined)
    return { isWell: null, ranAt: undefined, summary: 'It hasn’t run yet.', details: [] };
  return { ranAt: last.startedAt, ...verdictOn(last) };
}

/** `probe A`: the two ids differ only in their last letter. */
const shortly = (probe: string): string => `probe ${probe.slice(-1)}`;

function verdictOn({ outcome }: ScheduleResult): Omit<CanaryState, 'ranAt'> {
  if (!outcome.ok) return { isWell: false, summary: `It failed: ${outcome.error.errorMessage}`, details: [] };
  const { crossings, refused, controls, answered, crossed, unclear } = CanaryReport.parse(outcome.payload);
  return {
    isWell: refused === crossings && answered === controls,
    summary:
      `${refused} of ${crossings} attempts to reach another organization were refused, ` +
      `${answered} of ${controls} requests for its own data were answered.`,
    details: [
      ...crossed.map(({ from, into, way }) => `${way} reached ${shortly(into)} from ${shortly(from)}.`),
      ...unclear.map(
        ({ from, into, way, reason }) => `${way} for ${shortly(into)} from ${shortly(from)}: ${reason}`,
      ),
    ],
  };
}
