import { AppError } from '../errors.ts';
import type { TeamId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, update, type Write } from '../table/write.ts';
import { TeamCountersItem } from './team.noun.ts';

/** The write that begins a new team's counts. */
export const beginTeamCountsWrite = (scope: OrganizationScope, teamId: TeamId): Write =>
  put(scope, entityOf(TeamCountersItem).create({ organizationId: scope.organizationId, teamId }));

/**
 * The write that counts a KPI of a team more or less, in the transaction that makes it or takes it away. Refused with
 * `not_found` when there is no such team.
 */
export const teamKpiCountWrite = (scope: OrganizationScope, teamId: TeamId, change: 1 | -1): Write =>
  update(
    scope,
    entityOf(TeamCountersItem).patch({ organizationId: scope.organizationId, teamId }).add({ kpis: change }),
    () => new AppError('not_found', 'There is no such team.'),
  );

/** The write that ends a team's counts, refused with `conflict` while KPIs are the team's. */
export const endTeamCountsWrite = (scope: OrganizationScope, teamId: TeamId): Write =>
  remove(
    scope,
    entityOf(TeamCountersItem)
      .remove({ organizationId: scope.organizationId, teamId })
      .where(({ kpis }, { eq }) => eq(kpis, 0)),
    () =>
      new AppError(
        'conflict',
        'KPIs belong to this team. Give them to another team or remove them first, then try again.',
      ),
  );
