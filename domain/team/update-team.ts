import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import type { TeamId } from '../ids.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { requireTeam, showTeam } from './find-team.ts';
import { TeamItem } from './team.noun.ts';
import { type Team, type TeamChange, teamNameKey } from './team.schema.ts';
import { claimName, freeName } from './team-writes.ts';

/**
 * Changes a team's name or description. Throws `not_found`, `stale`, and `already_exists` for a taken name.
 */
export async function updateTeam(
  ctx: Context,
  { teamId, revision, ...wanted }: TeamChange & { readonly teamId: TeamId; readonly revision: number },
): Promise<Team> {
  const { scope, now } = ctx;
  const { item, members } = await requireTeam(scope, teamId);
  if (item.revision !== revision) throw stale();
  const { description: old, ...kept } = item;
  const { name = item.name, description = old ?? null } = wanted;
  const renamed = teamNameKey(name) !== teamNameKey(item.name);
  await transact(scope, [
    ...(renamed ? [claimName(scope, teamId, name), freeName(scope, item.name)] : []),
    change(ctx, TeamItem, { teamId }, { action: 'team.updated', set: { name, description }, at: revision }),
  ]);
  const described = description === null ? {} : { description };
  const next = { ...kept, ...described, name, revision: revision + 1, updatedAt: now.toISOString() };
  return showTeam({ item: next, members });
}
