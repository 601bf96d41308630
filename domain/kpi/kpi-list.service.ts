import type { Member } from '../access/member.ts';
import type { KpiId, TeamId, UserId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AssignmentItem, KpiItem } from './kpi.noun.ts';
import { assigneesOf, type Kpi, type KpiFilter } from './kpi.schema.ts';
import { type StoredKpi, showKpi } from './kpi.service.ts';
import { fits, type KpiSource, sourcesOf } from './kpi-source.ts';

/**
 * Part of a list, newest first. All that is newer than `through` is in it; without `through`, all there is.
 */
interface Chunk {
  readonly kpis: readonly StoredKpi[];
  readonly through: KpiId | undefined;
}

interface From {
  readonly position: KpiId | undefined;
  readonly size: number;
}

const chunkSize = 100;

const chunkOf = (kpis: readonly StoredKpi[], size: number): Chunk => ({
  kpis,
  through: kpis.length < size ? undefined : kpis.at(-1)?.kpiId,
});

const { primary, byHolder } = placesOf(entityOf(KpiItem)).byAccessPattern;
const assignments = placesOf(entityOf(AssignmentItem)).byAccessPattern.primary;

async function ofOrganization(scope: OrganizationScope, { position, size }: From): Promise<Chunk> {
  const { organizationId, client, table } = scope;
  const cursor =
    position === undefined ? null : primary.fromComposite.toCursor({ organizationId, kpiId: position });
  const { data } = await entityOf(KpiItem)
    .query.primary({ organizationId })
    .go({ client, table, limit: size, pages: 1, order: 'desc', consistent: true, cursor });
  return chunkOf(data, size);
}

async function ofTeam(scope: OrganizationScope, teamId: TeamId, { position, size }: From): Promise<Chunk> {
  const { organizationId, client, table } = scope;
  const of = { organizationId, holder: `team#${teamId}` };
  const cursor = position === undefined ? null : byHolder.fromComposite.toCursor({ ...of, kpiId: position });
  const { data } = await entityOf(KpiItem)
    .query.byHolder(of)
    .go({ client, table, limit: size, pages: 1, order: 'desc', cursor });
  return chunkOf(data, size);
}

async function ofAssignee(
  scope: OrganizationScope,
  userId: UserId,
  { position, size }: From,
): Promise<Chunk> {
  const { organizationId, client, table } = scope;
  const of = { organizationId, userId };
  const cursor =
    position === undefined ? null : assignments.fromComposite.toCursor({ ...of, kpiId: position });
  const { data } = await entityOf(AssignmentItem)
    .query.primary(of)
    .go({ client, table, limit: size, pages: 1, order: 'desc', consistent: true, cursor });
  // A KPI deleted since is missing here: what was read through is told by the assignments.
  const through = data.length < size ? undefined : data.at(-1)?.kpiId;
  return { kpis: await kpisByIds(scope, data), through };
}

async function kpisByIds(
  { client, table }: OrganizationScope,
  keys: readonly Pick<StoredKpi, 'organizationId' | 'kpiId'>[],
): Promise<StoredKpi[]> {
  const found: StoredKpi[] = [];
  const all = keys.map(({ organizationId, kpiId }) => ({ organizationId, kpiId }));
  await untilRead(all, async (left) => {
    const { data, unprocessed } = await entityOf(KpiItem).get(left).go({
      client,
      table,
      consistent: true,
      // A page of 100 asks for one more than DynamoDB gives at once.
      concurrency: 2,
    });
    found.push(...data);
    return unprocessed;
  });
  return found;
}

function read(scope: OrganizationScope, source: KpiSource, from: From): Promise<Chunk> {
  switch (source.of) {
    case 'organization':
      return ofOrganization(scope, from);
    case 'team':
      return ofTeam(scope, source.teamId, from);
    case 'assignee':
      return ofAssignee(scope, source.userId, from);
  }
}

/** The union of what all sources have, as far as all of them were read. */
function union(chunks: readonly Chunk[]): Chunk {
  const bounds = chunks.flatMap(({ through }) => (through === undefined ? [] : [through])).sort();
  const through = bounds.at(-1);
  const byId = new Map(chunks.flatMap(({ kpis }) => kpis.map((kpi) => [kpi.kpiId, kpi])));
  const kpis = [...byId.values()]
    .filter(({ kpiId }) => through === undefined || kpiId >= through)
    .sort((a, b) => (a.kpiId < b.kpiId ? 1 : -1));
  return { kpis, through };
}

/** The KPIs of all sources, each once, newest first, read `size` at a time: 2 round trips each at most. */
async function* kpisOf(
  scope: OrganizationScope,
  sources: readonly KpiSource[],
  { position, size }: From,
  now: Date,
): AsyncGenerator<Kpi> {
  let from = position;
  do {
    const chunks = await Promise.all(sources.map((source) => read(scope, source, { position: from, size })));
    const { kpis, through } = union(chunks);
    for (const kpi of kpis) yield showKpi(kpi, now);
    from = through;
  } while (from !== undefined);
}

/**
 * What a member may see of the KPIs that a filter asks for, newest first, after `position`; at most `limit`.
 */
export async function kpisAfter(
  scope: OrganizationScope,
  {
    member,
    filter,
    position,
    limit,
  }: { member: Member; filter: KpiFilter; position: KpiId | undefined; limit: number },
  now: Date,
): Promise<Kpi[]> {
  const size = Object.keys(filter).length === 0 ? limit : Math.max(limit, chunkSize);
  const found: Kpi[] = [];
  for await (const kpi of kpisOf(scope, sourcesOf(member, filter), { position, size }, now)) {
    if (fits(kpi, filter)) found.push(kpi);
    if (found.length === limit) break;
  }
  return found;
}

const fromTheStart: From = { position: undefined, size: chunkSize };

/** All KPIs of the organization, newest first. */
export const allKpis = (scope: OrganizationScope, now: Date): AsyncGenerator<Kpi> =>
  kpisOf(scope, [{ of: 'organization' }], fromTheStart, now);

/** The KPIs that are a team's, newest first. */
export const kpisOfTeam = (scope: OrganizationScope, teamId: TeamId, now: Date): AsyncGenerator<Kpi> =>
  kpisOf(scope, [{ of: 'team', teamId }], fromTheStart, now);

/** The KPIs that somebody reports on, as assignee or owner, newest first. */
export const assignedKpis = (scope: OrganizationScope, userId: UserId, now: Date): AsyncGenerator<Kpi> =>
  kpisOf(scope, [{ of: 'assignee', userId }], fromTheStart, now);

/** The KPIs that somebody owns, or is the only one to report on: what is nobody's once they are gone. */
export async function kpisNeedingOwner(scope: OrganizationScope, userId: UserId, now: Date): Promise<Kpi[]> {
  const found: Kpi[] = [];
  for await (const kpi of assignedKpis(scope, userId, now))
    if ((kpi.owner.kind === 'user' && kpi.owner.userId === userId) || assigneesOf(kpi).length === 1)
      found.push(kpi);
  return found;
}
