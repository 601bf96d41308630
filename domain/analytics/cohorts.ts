import type { OrganizationScope } from '../table/scope.ts';
import { type CohortMonth, cohortMonths } from '../usage/rollups.ts';
import type { Cohort, Cohorts } from './analytics.schema.ts';

const shownMonths = 12;

/** The month a number of months before another; both `yyyy-mm`. */
function monthsBefore(month: string, months: number): string {
  const first = new Date(`${month}-01T00:00:00.000Z`);
  first.setUTCMonth(first.getUTCMonth() - months);
  return first.toISOString().slice(0, 7);
}

/**
 * The cohorts of one kind. `at` says which of a month's counts are its total and its active ones. A
 * cohort's size is that of its first known month, so that it includes users who have left since.
 */
function cohortsAt(
  months: readonly string[],
  known: readonly CohortMonth[],
  at: readonly [0, 1] | readonly [2, 3],
): Cohort[] {
  const of = new Map(known.map(({ month, cohorts }) => [month, cohorts]));
  return months.flatMap((month, start) => {
    const later = months.slice(start);
    const size = later.flatMap((each) => of.get(each)?.[month]?.[at[0]] || [])[0] ?? 0;
    if (size === 0) return [];
    const active = later.map((each) => {
      const counts = of.get(each);
      return counts === undefined ? null : (counts[month]?.[at[1]] ?? 0);
    });
    return [{ month, size, active }];
  });
}

/**
 * How many of the organizations and users that started in a month were active in it and in each month
 * since. One query over at most 12 months and four shards, regardless of the number of organizations.
 */
export async function platformCohorts(platform: OrganizationScope, now: Date): Promise<Cohorts> {
  const present = now.toISOString().slice(0, 7);
  const known = await cohortMonths(platform, monthsBefore(present, shownMonths - 1), present);
  const last = known.at(-1);
  if (last === undefined) return { date: null, months: [], organizations: [], users: [] };
  const first = known[0]?.month ?? last.month;
  const months: string[] = [];
  for (let back = 0; monthsBefore(last.month, back) >= first; back += 1)
    months.unshift(monthsBefore(last.month, back));
  return {
    date: last.date,
    months,
    organizations: cohortsAt(months, known, [0, 1]),
    users: cohortsAt(months, known, [2, 3]),
  };
}
