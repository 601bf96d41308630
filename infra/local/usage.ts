import { parseArgs } from 'node:util';
import * as z from 'zod';
import { directoryShards } from '../../domain/table/layout.ts';
import { calendarDate } from '../../domain/time.schema.ts';
import { daysKnown } from '../../domain/usage/run.schema.ts';
import { type RunFunction, runCommand, withFunction } from './function-command.ts';
import { LocalProblem } from './problem.ts';

const help = `
  npm run usage -- --from 2026-11-20 --to 2026-11-24

  Finalizes the usage figures of these days (UTC) where that was missed. Days that are final stay as they are.
  --to defaults to --from. At most the last ${daysKnown} days, which must be over.

  Runs in the product on this machine, or on AWS if USAGE_FUNCTION_NAME is set.
`;

/** The result of the usage function. */
const Closed = z.object({
  days: z.number(),
  organizations: z.number(),
  uncertain: z.number(),
  failures: z.number(),
});
type Closed = z.infer<typeof Closed>;

const dayMs = 86_400_000;

/** The days from the first to the last given, oldest first. */
const daysBetween = (first: string, last: string): string[] =>
  Array.from({ length: (Date.parse(last) - Date.parse(first)) / dayMs + 1 }, (_, index) =>
    new Date(Date.parse(first) + index * dayMs).toISOString().slice(0, 10),
  );

/** The days named on the command line, oldest first. Throws `LocalProblem` for invalid ones. */
function daysOf(args: readonly string[]): string[] {
  const { from, to = from } = read(args);
  const dates = [from, to].map((date) => calendarDate.safeParse(date).data);
  const [first, last] = dates;
  if (first === undefined || last === undefined)
    throw new LocalProblem(`Give dates such as 2026-11-24.\n${help}`);
  if (last < first) throw new LocalProblem(`--to ${last} is before --from ${first}.`);
  const today = new Date().toISOString().slice(0, 10);
  if (last >= today) throw new LocalProblem(`${last} isn't over (UTC): choose days before ${today}.`);
  const days = daysBetween(first, last);
  if (days.length > daysKnown)
    throw new LocalProblem(`These are ${days.length} days. At most ${daysKnown} can be finalized.`);
  return days;
}

function read(args: readonly string[]): { from?: string | undefined; to?: string | undefined } {
  try {
    const options = { from: { type: 'string' as const }, to: { type: 'string' as const } };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new LocalProblem(`${error instanceof Error ? error.message : error}\n${help}`);
  }
}

const attempts = 3;

/** Closes a shard of a day. An interrupted one resumes where it stopped, so it is retried. */
async function closeShard(run: RunFunction, shard: number, date: string): Promise<Closed | string> {
  let problem = '';
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return Closed.parse(await run({ shard, period: 'day', dates: [date] }));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      if (problem.includes('usage_day') || problem.includes('can’t be counted')) break;
    }
  }
  return problem;
}

/** Closes a day and prints the result. Returns whether all of it is closed now. */
async function closeDay(run: RunFunction, date: string): Promise<boolean> {
  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
  const results = await Promise.all(shards.map((shard) => closeShard(run, shard, date)));
  const problems = results.filter((result) => typeof result === 'string');
  const closed = results.filter((result) => typeof result !== 'string');
  const sum = (name: keyof Closed) => closed.reduce((total, result) => total + result[name], 0);
  const state =
    sum('days') === 0 && problems.length === 0
      ? 'was final already'
      : `${sum('organizations')} organizations${uncertainty(sum('uncertain'))}`;
  console.log(`  ${date}  ${state}`);
  for (const problem of new Set(problems)) console.log(`    ${problem}`);
  return problems.length === 0;
}

const uncertainty = (count: number) =>
  count === 0 ? '' : `, ${count} with figures that have changed since and are those of today`;

/** `npm run usage`: see docs/runbook.md. The exit code is 1 when a day isn't closed. */
await runCommand(async () => {
  const days = daysOf(process.argv.slice(2));
  const functionName = process.env.USAGE_FUNCTION_NAME || undefined;
  return await withFunction({ functionName, localPath: '/local/usage' }, async (run) => {
    let isClosed = true;
    for (const date of days) isClosed = (await closeDay(run, date)) && isClosed;
    return isClosed ? 0 : 1;
  });
});
