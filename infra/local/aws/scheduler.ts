import { Cron } from 'croner';
import { LocalProblem } from '../problem.ts';
import type { FunctionOutcome, Schedule } from './resources.ts';

export interface ScheduleResult {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly outcome: FunctionOutcome;
}

export interface ScheduleStatus {
  readonly name: string;
  readonly logicalId: string;
  readonly expression: string;
  readonly enabled: boolean;
  readonly nextRun: string | undefined;
  /** The latest results, newest first. */
  readonly results: readonly ScheduleResult[];
}

interface SchedulerOptions {
  readonly schedules: readonly Schedule[];
  /** Invokes a schedule's target under its role. */
  readonly run: (schedule: Schedule) => Promise<FunctionOutcome>;
  readonly now?: () => Date;
}

export interface Scheduler {
  status(): ScheduleStatus[];
  /** Runs a schedule at once, by its name or logical id. */
  runNow(name: string): Promise<ScheduleResult>;
  stop(): Promise<void>;
}

const keptResults = 10;
/** setTimeout's longest wait is 24.8 days; a day is plenty. */
const longestSleep = 86_400_000;

interface Running {
  readonly schedule: Schedule;
  readonly nextTime: NextTime;
  readonly results: ScheduleResult[];
}

/** Runs each schedule when it is due. What was due while the product wasn't running is skipped. */
export function startScheduler({ schedules, run, now = () => new Date() }: SchedulerOptions): Scheduler {
  const started = now();
  const all: Running[] = schedules.map((schedule) => ({
    schedule,
    nextTime: parseExpression(schedule.expression, schedule.timeZone, started),
    results: [],
  }));
  const timers = new Map<Running, NodeJS.Timeout>();
  const underWay = new Set<Promise<ScheduleResult>>();

  async function execute({ schedule, results }: Running): Promise<ScheduleResult> {
    const startedAt = now();
    const outcome = await run(schedule).catch(asOutcome);
    const milliseconds = now().getTime() - startedAt.getTime();
    const result = { startedAt: startedAt.toISOString(), milliseconds, outcome };
    results.unshift(result);
    results.length = Math.min(results.length, keptResults);
    return result;
  }
  async function start(one: Running): Promise<ScheduleResult> {
    const work = execute(one);
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }
  function arm(one: Running, after: Date): void {
    const due = one.nextTime(after);
    if (due === undefined) return;
    const wake = () => {
      const moment = now();
      if (moment < due) return sleep();
      void start(one);
      arm(one, moment);
    };
    const sleep = () => {
      timers.set(one, setTimeout(wake, Math.min(due.getTime() - now().getTime(), longestSleep)));
    };
    sleep();
  }

  for (const one of all) if (one.schedule.enabled) arm(one, started);
  return {
    status: () => all.map((one) => statusOf(one, now())),
    async runNow(name) {
      const one = all.find(({ schedule }) => schedule.name === name || schedule.logicalId === name);
      if (one === undefined) throw new LocalProblem(`There is no schedule ${name}.`);
      return start(one);
    },
    async stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}

const asOutcome = (error: unknown): FunctionOutcome => ({
  ok: false,
  error: { errorType: 'NotInvoked', errorMessage: error instanceof Error ? error.message : String(error) },
});

const statusOf = ({ schedule, nextTime, results }: Running, now: Date): ScheduleStatus => ({
  name: schedule.name,
  logicalId: schedule.logicalId,
  expression: schedule.expression,
  enabled: schedule.enabled,
  nextRun: schedule.enabled ? nextTime(now)?.toISOString() : undefined,
  results,
});

/** The next time a schedule is due after a moment; undefined if never again. */
type NextTime = (after: Date) => Date | undefined;

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Parses `rate(5 minutes)` or `cron(10 1 * * ? *)`. Refuses `at(…)`, which the product doesn't use. A rate
 * counts from `anchor`.
 * Source: EventBridge Scheduler User Guide, "Schedule types".
 */
export function parseExpression(expression: string, timeZone: string, anchor: Date): NextTime {
  const [, kind, content] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate' && content !== undefined) return rate(expression, content, anchor);
  if (kind === 'cron' && content !== undefined) return cron(expression, content, timeZone);
  throw new LocalProblem(`The local scheduler has rate(…) and cron(…), not "${expression}".`);
}

function rate(expression: string, content: string, anchor: Date): NextTime {
  const [, count, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(content) ?? [];
  if (count === undefined || (unit !== 'minute' && unit !== 'hour' && unit !== 'day'))
    throw new LocalProblem(`"${expression}" is not a rate: rate(<number> minutes|hours|days).`);
  const period = Number(count) * units[unit];
  return (after) => {
    const passed = Math.floor((after.getTime() - anchor.getTime()) / period);
    return new Date(anchor.getTime() + Math.max(passed + 1, 1) * period);
  };
}

/** Minutes, hours, day of month, month, day of week (1 = Sunday), year; one of the two days is `?`. */
function cron(expression: string, content: string, timeZone: string): NextTime {
  const fields = content.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?'))
    throw new LocalProblem(
      `"${expression}" is not a cron expression of Scheduler: six fields, and "?" for the day of the month or of the week.`,
    );
  // "?" leaves the decision to the other day field, as "*" does there.
  const pattern = ['0', minutes, hours, dayOfMonth, month, dayOfWeek, year].map((field) =>
    field === '?' ? '*' : field,
  );
  try {
    const job = new Cron(pattern.join(' '), {
      mode: '7-part',
      timezone: timeZone,
      alternativeWeekdays: true,
      sloppyRanges: true, // AWS writes every quarter hour from the full one as 0/15.
      paused: true,
    });
    return (after) => job.nextRun(after) ?? undefined;
  } catch (cause) {
    throw new LocalProblem(`"${expression}" is not a cron expression of Scheduler: ${String(cause)}`, {
      cause,
    });
  }
}
