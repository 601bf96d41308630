import { assertClosable, isFinal } from './missed-days.ts';
import { runShard, type UsageRunDependencies } from './run-shard.ts';

interface Closed {
  /** Days that were closed now; the others of those asked for were final already. */
  readonly days: number;
  readonly organizations: number;
  readonly uncertain: number;
  readonly failures: number;
}

/**
 * Closes days of a shard, oldest first, leaving those that are final. Each is the run that was due then, and
 * goes on where that one or an earlier attempt was cut off.
 */
export async function closeDays(
  dependencies: UsageRunDependencies,
  { shard, dates }: { readonly shard: number; readonly dates: readonly string[] },
  now: Date,
): Promise<Closed> {
  assertClosable(dates, now);
  const closed = { days: 0, organizations: 0, uncertain: 0, failures: 0 };
  for (const date of [...dates].sort()) {
    if ((await isFinal(dependencies.platform, { date, shard })) === true) continue;
    const run = await runShard(dependencies, { period: 'day', shard, date }, now);
    closed.days += 1;
    closed.organizations += run.organizations;
    closed.uncertain += run.uncertain ?? 0;
    closed.failures += run.failures;
  }
  return closed;
}
