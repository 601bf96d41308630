import { KpiId, TeamId, UserId } from '../ids.ts';
import { nameKpis } from '../kpi/find-kpi.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { nameTeams } from '../team/find-team.ts';
import { nameUsers } from '../user/find-user.ts';
import type { ShownAuditEntry } from './audit.schema.ts';

/** How many names a page looks up at most, starting with its newest entries. */
const mostNames = 60;

const isNamed = /^(?:user|team|kpi)_\w+$/;

/** All ids within a value. */
function* idsIn(value: unknown): Generator<string> {
  if (typeof value === 'string' && isNamed.test(value)) yield value;
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* idsIn(part);
}

/** The ids of people, teams and KPIs in entries, newest entries first. */
function* idsOf(entries: readonly ShownAuditEntry[]): Generator<string> {
  for (const { userId, details } of entries) {
    yield* idsIn(userId);
    yield* idsIn([details.after, details.before]);
  }
}

const parsed = <Id>(
  ids: readonly string[],
  schema: { safeParse(id: string): { readonly success: boolean; readonly data?: Id | undefined } },
): Id[] =>
  ids.flatMap((id) => {
    const { data } = schema.safeParse(id);
    return data === undefined ? [] : [data];
  });

/**
 * Current names of the people, teams and KPIs that entries refer to by id; null if deleted. Costs three
 * parallel BatchGets of 60 items at most.
 */
export const nameThings = (
  scope: OrganizationScope,
  entries: readonly ShownAuditEntry[],
): Promise<Record<string, string | null>> => namesOf(scope, idsOf(entries));

/** The same for all ids within a value. */
export const nameValues = (
  scope: OrganizationScope,
  value: unknown,
): Promise<Record<string, string | null>> => namesOf(scope, idsIn(value));

async function namesOf(
  scope: OrganizationScope,
  named: Iterable<string>,
): Promise<Record<string, string | null>> {
  const ids = [...new Set(named)].slice(0, mostNames);
  const [userIds, teamIds, kpiIds] = [parsed(ids, UserId), parsed(ids, TeamId), parsed(ids, KpiId)];
  const found = await Promise.all([
    nameUsers(scope, userIds),
    nameTeams(scope, teamIds),
    nameKpis(scope, kpiIds),
  ]);
  const names = new Map(found.flat());
  return Object.fromEntries([...userIds, ...teamIds, ...kpiIds].map((id) => [id, names.get(id) ?? null]));
}
