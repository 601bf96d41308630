import { type Context, naming } from '../context.ts';
import { stale } from '../errors.ts';
import type { TeamId } from '../ids.ts';
import { changeCounts } from '../organization/counts.ts';
import { transact } from '../table/transaction.ts';
import { remove } from '../table/writes.ts';
import { unsetTeamRoles } from '../user/team-role.ts';
import { requireTeam } from './find-team.ts';
import { TeamItem } from './team.noun.ts';
import { teamRefusals } from './team.refusals.ts';
import { endCounts, freeName, removeMember } from './team-writes.ts';

// A transaction has at most 100 writes; a member takes three, the team itself five.
const membersDeletedAtOnce = 30;

/**
 * Deletes a team and its memberships. Throws `not_found`, `stale`, and `conflict` while it owns KPIs or if
 * it has more members than fit into one transaction.
 */
export async function deleteTeam(
  given: Context,
  { teamId, revision }: { readonly teamId: TeamId; readonly revision: number },
): Promise<void> {
  const { scope } = given;
  const { item, members } = await requireTeam(scope, teamId);
  if (item.revision !== revision) throw stale();
  if (members.length > membersDeletedAtOnce)
    throw teamRefusals.team_too_large_to_delete({ members: members.length, most: membersDeletedAtOnce });
  const ctx = naming(given, [teamId, item.name]);
  const [gone, record] = remove(ctx, TeamItem, item, 'team.deleted');
  await transact(scope, [
    gone,
    endCounts(scope, teamId),
    freeName(scope, item.name),
    changeCounts(scope, { teams: -1 }),
    record,
    ...members.flatMap((member) => [
      ...removeMember(ctx, member),
      unsetTeamRoles(ctx, { userId: member.userId, teamIds: [teamId], action: 'team.member-removed' }),
    ]),
  ]);
}
