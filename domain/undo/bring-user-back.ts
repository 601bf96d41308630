import { isAbove } from '../access/roles.schema.ts';
import { TeamId, type UserId } from '../ids.ts';
import { addressRefusal } from '../invitation/invite.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import { teamMembersLimit } from '../team/team.schema.ts';
import { findUser } from '../user/find-user.ts';
import { User } from '../user/profile.schema.ts';
import { restoreUser, teamsJoinedAtOnce } from '../user/restore-user.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { emailTaken, ownerOfEmail } from '../user/user-writes.ts';
import { deletionOf } from './deletion.ts';
import { type FormerMember, formerMembers, mayLead } from './former-members.ts';
import { noRoomFor } from './limits.ts';
import { type Plan, planned, refused, type Undoing, unless } from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';
import type { UndoEffect } from './undo.schema.ts';

/** Plans to bring a removed user back: into their teams too, as far as there is a place in them. */
export async function bringUserBack(undoing: Undoing, userId: UserId): Promise<Plan> {
  const { ctx, may, entry, organization, claims } = undoing;
  const { scope, actor, now } = ctx;
  const [present, deleted] = await Promise.all([findUser(scope, userId), deletionOf(scope, entry)]);
  if (present !== null) return refused(userRefusals.user_is_a_member());
  if (deleted === null) return refused(undoRefusals.undo_record_gone());
  const user = User.parse({ ...deleted.item, userId });
  const [{ places, effects }, taken, full] = await Promise.all([
    placesOf(scope, user, deleted.requestId),
    ownerOfEmail(scope, user.email),
    noRoomFor(scope, 'seats', organization),
  ]);
  const isOutOfReach = actor.role === 'system' || isAbove(user.role, actor.role);
  return planned({
    revision: null,
    effects,
    refusals: [
      // Who brings somebody back gives them a role and a seat, as with an invitation.
      unless(may('create', 'Invitation', { role: user.role })),
      isOutOfReach ? userRefusals.role_out_of_reach({ role: user.role }) : null,
      taken === undefined ? null : emailTaken('email'),
      addressRefusal(user.email, organization),
      full,
    ],
    apply: async (marked) => {
      if (!(await claims.take(userId, scope.organizationId, now))) throw undoRefusals.undo_account_not_free();
      await restoreUser(marked, { user, places, plan: organization.subscription.plan });
    },
  });
}

/** The places that a removed user had in teams: those they can have again, and what becomes of the others. */
async function placesOf(
  scope: OrganizationScope,
  user: User,
  requestId: string,
): Promise<{ readonly places: FormerMember[]; readonly effects: UndoEffect[] }> {
  const ids = Object.keys(user.teams).map((id) => TeamId.parse(id));
  const [teams, former] = await Promise.all([
    teamsOfIds(scope, ids),
    Promise.all(ids.map((teamId) => formerMembers(scope, { teamId, userId: user.userId, requestId }))),
  ]);
  const byId = new Map(teams.map((team) => [team.id, team]));
  const places: FormerMember[] = [];
  const effects: UndoEffect[] = [];
  for (const member of former.flat()) {
    const team = byId.get(member.teamId);
    const hasRoom = (team?.memberCount ?? teamMembersLimit) < teamMembersLimit;
    if (team === undefined || !hasRoom || places.length >= teamsJoinedAtOnce)
      effects.push({ kind: 'team_left_out', ...(team === undefined ? {} : { name: team.name }) });
    else {
      const leads = member.role === 'leader' && team.leaderId === undefined && mayLead(user);
      if (member.role === 'leader' && !leads) effects.push({ kind: 'team_as_member', name: team.name });
      places.push({ ...member, role: leads ? 'leader' : 'member' });
    }
  }
  const count = places.length;
  return { places, effects: count === 0 ? effects : [{ kind: 'teams_return', count }, ...effects] };
}
