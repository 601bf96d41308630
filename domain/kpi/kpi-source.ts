import type { Member } from '../access/member.ts';
import { isAdmin } from '../access/roles.schema.ts';
import { TeamId, UserId } from '../ids.ts';
import { assigneesOf, type Kpi, type KpiFilter, teamOf } from './kpi.schema.ts';

/** A set of KPIs that one query reads. */
export type KpiSource =
  | { readonly of: 'organization' }
  | { readonly of: 'team'; readonly teamId: TeamId }
  | { readonly of: 'assignee'; readonly userId: UserId };

/** All that the rules let a member read: an admin the organization's; others their teams' and what is assigned to them. */
function visible({ role, teams, userId }: Member): KpiSource[] {
  if (isAdmin(role)) return [{ of: 'organization' }];
  const ofTeams = Object.keys(teams).map((id) => ({ of: 'team' as const, teamId: TeamId.parse(id) }));
  return [...ofTeams, { of: 'assignee', userId: UserId.parse(userId) }];
}

/**
 * What to read for a member's list: together exactly what the rules let them read, but for what the filter keeps out anyway.
 * A filter narrows what is read; it never adds to it.
 */
export function sourcesOf(member: Member, { teamId, assigneeId }: KpiFilter): KpiSource[] {
  const all = visible(member);
  if (all.some(({ of }) => of === 'organization')) {
    if (teamId !== undefined) return [{ of: 'team', teamId }];
    return assigneeId === undefined ? all : [{ of: 'assignee', userId: assigneeId }];
  }
  if (assigneeId === member.userId) return all.filter(({ of }) => of === 'assignee');
  if (teamId === undefined) return all;
  const own = all.filter((source) => source.of === 'team' && source.teamId === teamId);
  return own.length > 0 ? own : all.filter(({ of }) => of === 'assignee');
}

/** Whether a KPI is one that a filter asks for. */
export const fits = (kpi: Kpi, { teamId, assigneeId, status }: KpiFilter): boolean =>
  (teamId === undefined || teamOf(kpi) === teamId) &&
  (assigneeId === undefined || assigneesOf(kpi).includes(assigneeId)) &&
  (status === undefined || kpi.status === status);
