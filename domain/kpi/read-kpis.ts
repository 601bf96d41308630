import type { Member } from '../access/member.ts';
import { isAdmin } from '../access/roles.schema.ts';
import { type KpiId, TeamId, UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { type StoredKpi, showKpi } from './find-kpi.ts';
import { AssignmentItem, KpiItem } from './kpi.noun.ts';
import type { Kpi, KpiFilter } from './kpi.schema.ts';

/** A set of KPIs that one query reads. */
export type KpiSource =
  | { readonly of: 'organization' }
  | { readonly of: 'team'; readonly teamId: TeamId }
  | { readonly of: 'owner'; readonly userId: UserId }
  | { readonly of: 'assignee'; readonly userId: UserId };

/**
 * All KPIs that the rules let a member read: for an admin the organization's, for others their teams' and
 * those assigned to them.
 */
function visible({ role, teams, userId }: Member): KpiSource[] {
  if (isAdmin(role)) return [{ of: 'organization' }];
  const ofTeams = Object.keys(teams).map((id) => ({ of: 'team' as const, teamId: TeamId.parse(id) }));
  return [...ofTeams, { of: 'assignee', userId: UserId.parse(userId) }];
}

/**
 * What to read for a member's list: exactly what the rules allow, minus what the filter would drop anyway.
 * A filter can only narrow it.
 */
export function sourcesOf(member: Member, { teamId, assigneeId, ownerId }: KpiFilter): KpiSource[] {
  const all = visible(member);
  if (all.some(({ of }) => of === 'organization')) {
    if (teamId !== undefined) return [{ of: 'team', teamId }];
    if (ownerId !== undefined) return [{ of: 'owner', userId: ownerId }];
    return assigneeId === undefined ? all : [{ of: 'assignee', userId: assigneeId }];
  }
  if (assigneeId === member.userId || ownerId === member.userId)
    return all.filter(({ of }) => of === 'assignee');
  if (teamId === undefined) return all;
  const own = all.filter((source) => source.of === 'team' && source.teamId === teamId);
  return own.length > 0 ? own : all.filter(({ of }) => of === 'assignee');
}

/** Part of a list, newest first. Complete down to `through`, or to the end if that is undefined. */
interface Chunk {
  readonly kpis: readonly StoredKpi[];
  readonly through: KpiId | undefined;
}

interface From {
  readonly position: KpiId | undefined;
  readonly size: number;
}

/** How many are read at once when searching. */
export const chunkSize = 100;

const throughOf = (page: readonly { readonly kpiId: KpiId }[], size: number): KpiId | undefined =>
  page.length < size ? undefined : page.at(-1)?.kpiId;

const page = (size: number, cursor: string | null) =>
  ({ limit: size, pages: 1, order: 'desc', cursor }) as const;

const { primary, byHolder } = placesOf(entityOf(KpiItem)).byAccessPattern;
const assignments = placesOf(entityOf(AssignmentItem)).byAccessPattern.primary;

async function ofOrganization(scope: OrganizationScope, { position, size }: From): Promise<Chunk> {
  const { organizationId } = scope;
  const cursor =
    position === undefined ? null : primary.fromComposite.toCursor({ organizationId, kpiId: position });
  const { data, cursor: next } = await entityOf(KpiItem)
    .query.primary({ organizationId })
    .go({ ...consistently(scope), ...page(size, cursor) });
  // A response ends at one megabyte, whatever was requested.
  return { kpis: data, through: next === null ? undefined : data.at(-1)?.kpiId };
}

/** The KPIs of a team or user from the index, without those that have moved. */
async function ofHolder(scope: OrganizationScope, holder: string, { position, size }: From): Promise<Chunk> {
  const { organizationId, client, table } = scope;
  const of = { organizationId, holder };
  const cursor = position === undefined ? null : byHolder.fromComposite.toCursor({ ...of, kpiId: position });
  const { data } = await entityOf(KpiItem)
    .query.byHolder(of)
    .go({ client, table, ...page(size, cursor) });
  return { kpis: data, through: throughOf(data, size) };
}

async function ofAssignee(
  scope: OrganizationScope,
  userId: UserId,
  { position, size }: From,
): Promise<Chunk> {
  const of = { organizationId: scope.organizationId, userId };
  const cursor =
    position === undefined ? null : assignments.fromComposite.toCursor({ ...of, kpiId: position });
  const { data } = await entityOf(AssignmentItem)
    .query.primary(of)
    .go({ ...consistently(scope), ...page(size, cursor) });
  const kpis = await findMany(
    scope,
    KpiItem,
    data.map(({ kpiId }) => ({ kpiId })),
  );
  // A KPI deleted meanwhile is missing, so the assignments determine how far was read.
  return { kpis, through: throughOf(data, size) };
}

function read(scope: OrganizationScope, source: KpiSource, from: From): Promise<Chunk> {
  switch (source.of) {
    case 'organization':
      return ofOrganization(scope, from);
    case 'team':
      return ofHolder(scope, `team#${source.teamId}`, from);
    case 'owner':
      return ofHolder(scope, `member#${source.userId}`, from);
    case 'assignee':
      return ofAssignee(scope, source.userId, from);
  }
}

/** The union of all sources, as far as all of them were read. */
function union(chunks: readonly Chunk[]): Chunk {
  const bounds = chunks.flatMap(({ through }) => (through === undefined ? [] : [through])).sort();
  const through = bounds.at(-1);
  const byId = new Map(chunks.flatMap(({ kpis }) => kpis.map((kpi) => [kpi.kpiId, kpi])));
  const kpis = [...byId.values()]
    .filter(({ kpiId }) => through === undefined || kpiId >= through)
    .sort((a, b) => (a.kpiId < b.kpiId ? 1 : -1));
  return { kpis, through };
}

/** The KPIs of all sources without duplicates, newest first, `size` at a time: at most 2 round trips each. */
export async function* kpisOf(
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
