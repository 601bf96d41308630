import type { FunctionOutcome } from '../function-outcome.ts';
import { LocalProblem } from '../problem.ts';
import { type NextTime, parseExpression } from './expression.ts';

/** A schedule of the deployment. Source: AWS::Scheduler::Schedule. */
export interface Schedule {
  readonly name: string;
  readonly logicalId: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly targetFunctionArn: string;
  readonly targetRoleArn: string;
  /** JSON text that the target gets. */
  readonly input: string;
  readonly groupArn: string;
}

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

export interface SchedulerOptions {
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

/** Runs each schedule when it is due while this run lives. What was due while nothing ran is not made up for. */
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
