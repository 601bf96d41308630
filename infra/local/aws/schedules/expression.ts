import { Cron } from 'croner';
import { LocalProblem } from '../problem.ts';

/** When a schedule is due next after a moment, or undefined if never again. */
export type NextTime = (after: Date) => Date | undefined;

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)` or `cron(10 1 * * ? *)`; refuses what Scheduler doesn't take, and its `at(…)`, which the
 * product doesn't use. A rate counts from `anchor`. Source: EventBridge Scheduler User Guide, "Schedule types".
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
  // "?" means "whatever the other day field says", which is what "*" does there.
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
