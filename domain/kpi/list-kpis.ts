import type { Member } from '../access/member.ts';
import type { KpiId, TeamId, UserId } from '../ids.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { assigneesOf, type Kpi, type KpiFilter, type KpiOrder } from './kpi.schema.ts';
import { areNamesComplete, kpisByName } from './kpi-names.ts';
import { comparePlaces, fitting, type KpiPlace, type KpiSort, placeOf } from './kpi-order.ts';
import { chunkSize, kpisOf, sourcesOf } from './read-kpis.ts';

interface Asked {
  readonly member: Member;
  readonly filter: KpiFilter;
  readonly limit: number;
}

/**
 * The KPIs that match a filter and that a member may see, newest first, after `position`; at most `limit`.
 */
export async function kpisAfter(
  scope: OrganizationScope,
  { member, filter, position, limit }: Asked & { readonly position: KpiId | undefined },
  now: Date,
): Promise<Kpi[]> {
  const size = Object.keys(filter).length === 0 ? limit : Math.max(limit, chunkSize);
  const all = kpisOf(scope, sourcesOf(member, filter), { position, size }, now);
  return await firstFitting(all, { filter, limit }, now);
}

async function firstFitting(
  kpis: AsyncGenerator<Kpi>,
  { filter, limit }: Pick<Asked, 'filter' | 'limit'>,
  now: Date,
): Promise<Kpi[]> {
  const found: Kpi[] = [];
  const fits = fitting(filter, now);
  for await (const kpi of kpis) {
    if (fits(kpi)) found.push(kpi);
    if (found.length === limit) break;
  }
  return found;
}

interface Sorted extends Asked {
  readonly sort: KpiSort;
  readonly direction: KpiOrder['direction'];
  readonly after: KpiPlace | undefined;
}

/**
 * The KPIs that match a filter and that a member may see, in an order, after a position; at most `limit`.
 * All names of an organization have a stored order. Any other order is computed from all matching KPIs,
 * since it depends on the day or they are few.
 */
export async function sortedKpis(scope: OrganizationScope, asked: Sorted, now: Date): Promise<Kpi[]> {
  const { member, filter, sort, direction, after, limit } = asked;
  const sources = sourcesOf(member, filter);
  const isWhole = sources.some(({ of }) => of === 'organization');
  if (isWhole && sort === 'name') {
    const { search, ...rest } = filter;
    const size = Object.keys(rest).length === 0 ? limit : Math.max(limit, chunkSize);
    const named = kpisByName(scope, { search, direction, after, size }, now);
    const [areAll, found] = await Promise.all([
      areNamesComplete(scope),
      firstFitting(named, { filter: rest, limit }, now),
    ]);
    if (areAll) return found;
  }
  const placed: { readonly kpi: Kpi; readonly place: KpiPlace }[] = [];
  const size = isWhole ? mostAtOnce : chunkSize;
  const fits = fitting(filter, now);
  for await (const kpi of kpisOf(scope, sources, { position: undefined, size }, now)) {
    const place = placeOf(kpi, sort, now);
    if (fits(kpi) && (after === undefined || comparePlaces(place, after, direction) > 0))
      placed.push({ kpi, place });
  }
  return placed
    .sort((one, other) => comparePlaces(one.place, other.place, direction))
    .slice(0, limit)
    .map(({ kpi }) => kpi);
}

/** About what fits into a response of one megabyte. */
const mostAtOnce = 1000;

const fromTheStart = { position: undefined, size: chunkSize };

/** All KPIs of the organization, newest first. */
export const allKpis = (scope: OrganizationScope, now: Date): AsyncGenerator<Kpi> =>
  kpisOf(scope, [{ of: 'organization' }], fromTheStart, now);

/** The KPIs that a team owns, newest first. */
export const kpisOfTeam = (scope: OrganizationScope, teamId: TeamId, now: Date): AsyncGenerator<Kpi> =>
  kpisOf(scope, [{ of: 'team', teamId }], fromTheStart, now);

/** The KPIs that a user reports on, as assignee or owner, newest first. */
export const assignedKpis = (scope: OrganizationScope, userId: UserId, now: Date): AsyncGenerator<Kpi> =>
  kpisOf(scope, [{ of: 'assignee', userId }], fromTheStart, now);

/**
 * The KPIs that a user owns, or is the only one to report on; they need someone else when the user leaves.
 */
export async function kpisNeedingOwner(scope: OrganizationScope, userId: UserId, now: Date): Promise<Kpi[]> {
  const found: Kpi[] = [];
  for await (const kpi of assignedKpis(scope, userId, now))
    if ((kpi.owner.kind === 'user' && kpi.owner.userId === userId) || assigneesOf(kpi).length === 1)
      found.push(kpi);
  return found;
}
