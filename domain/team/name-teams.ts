import type { TeamId } from '../ids.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { TeamItem } from './team.noun.ts';

/** The names of those of these teams that there are, by id. Costs one batch of Gets. */
export async function nameTeams(
  scope: OrganizationScope,
  ids: readonly TeamId[],
): Promise<(readonly [id: string, name: string])[]> {
  const teams = await findMany(
    scope,
    TeamItem,
    ids.map((teamId) => ({ teamId })),
  );
  return teams.map(({ teamId, name }) => [teamId, name] as const);
}
