import { entityOf } from '../table/entity.ts';
import { directoryShards } from '../table/layout.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { platformDays } from './rollups.ts';
import { daysKnown } from './run.schema.ts';
import { RollupItem } from './usage.noun.ts';
import { usageRefusals } from './usage.refusals.ts';
import { daysBefore, daysBetween } from './usage-day.ts';

/** How many days back the daily run looks for missed days. */
const lookBackDays = 7;

/** A shard of a past day that isn't final. */
interface OpenDay {
  readonly date: string;
  readonly shard: number;
}

/** Refuses days that aren't over, or for which too much data is no longer available. */
export function assertClosable(dates: readonly string[], now: Date): void {
  const today = now.toISOString().slice(0, 10);
  const earliest = daysBefore(today, daysKnown);
  if (dates.some((date) => date >= today)) throw usageRefusals.usage_day_not_over();
  if (dates.some((date) => date < earliest)) throw usageRefusals.usage_day_too_old({ earliest });
}

/** Whether a shard's day is final; undefined if no run has ever completed it. */
export const isFinal = async (platform: OrganizationScope, { date, shard }: OpenDay) =>
  (await find(platform, RollupItem, { date, shard }))?.final;

/** The days in a range (inclusive) that still have to be closed, oldest first. */
export async function openDays(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<OpenDay[]> {
  const { data } = await entityOf(RollupItem)
    .query.primary({ organizationId })
    .between({ date: from }, { date: `${to}~` })
    .where(({ final }, { eq }) => eq(final, true))
    .go({ client, table, attributes: ['date', 'shard'], pages: 'all' });
  const final = new Set(data.map(({ date, shard }) => `${date}#${shard}`));
  // Days completed before the directory grew have fewer shards.
  const whole = await platformDays({ organizationId, client, table }, from, to);
  const closed = new Set(whole.flatMap((day) => (day.final ? [day.date] : [])));
  return daysBetween(from, to)
    .filter((date) => !closed.has(date))
    .flatMap((date) => Array.from({ length: directoryShards }, (_, shard) => ({ date, shard })))
    .filter(({ date, shard }) => !final.has(`${date}#${shard}`));
}

/**
 * The days of the last week, before yesterday, that a shard's runs have missed. Days before the first known
 * one don't count: the platform may not have existed.
 */
export async function missedDays(platform: OrganizationScope, shard: number, now: Date): Promise<string[]> {
  const last = daysBefore(now.toISOString().slice(0, 10), 2);
  const dates = daysBetween(daysBefore(last, lookBackDays - 1), last);
  const states = await Promise.all(dates.map((date) => isFinal(platform, { date, shard })));
  const first = states.findIndex((state) => state !== undefined);
  return first === -1 ? [] : dates.filter((_, index) => index >= first && states[index] !== true);
}
