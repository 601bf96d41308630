import { isAbove } from '../access/roles.schema.ts';
import type { AppError } from '../errors.ts';
import { TeamId, UserId } from '../ids.ts';
import { addressRefusal } from '../invitation/invite.ts';
import { countsOf } from '../organization/counts.ts';
import { organizationRefusals } from '../organization/organization.refusals.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { teamIdsAsLeader } from '../team/leadership.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import { teamMembersLimit } from '../team/team.schema.ts';
import { findUser } from '../user/find-user.ts';
import { User } from '../user/profile.schema.ts';
import { removeUser } from '../user/remove-user.ts';
import { restoreUser, teamsJoinedAtOnce } from '../user/restore-user.ts';
import { updateUser } from '../user/update-user.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { UserChange } from '../user/user.schema.ts';
import { administers, emailTaken, ownerOfEmail } from '../user/user-writes.ts';
import { type FormerMember, formerMembers, mayLead } from './former-members.ts';
import {
  compared,
  deletionOf,
  imagesOf,
  noRoomFor,
  nothingToPutBack,
  type Plan,
  planned,
  refused,
  type Undoing,
  unless,
  valuesOf,
} from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';
import type { UndoEffect } from './undo.schema.ts';

/** Plans restoring a removed user, including their teams as far as possible. */
async function bringUserBack(undoing: Undoing, userId: UserId): Promise<Plan> {
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
      // Restoring a user grants a role and a seat, like an invitation.
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

/** A removed user's team memberships: those that can be restored, and what happens to the others. */
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

/** Plans the undo of a change to a user. */
export const undoUser = (undoing: Undoing): Promise<Plan> => {
  const userId = UserId.parse(undoing.entry.resource.slice('user/'.length));
  if (undoing.entry.action === 'user.removed') return bringUserBack(undoing, userId);
  return undoing.entry.action === 'user.restored' ? takeAway(undoing, userId) : putBack(undoing, userId);
};

const instanceOf = ({ userId, teams }: User) => ({ userId, teamIds: Object.keys(teams) });

/** The refusal for an organization's last admin; null if there is another. */
async function lastAdmin({ ctx }: Undoing, from: User, to: User | null): Promise<AppError | null> {
  if (!administers(from) || (to !== null && administers(to))) return null;
  const { admins } = await countsOf(ctx.scope, true);
  return admins > 1 ? null : organizationRefusals.only_admin();
}

async function putBack(undoing: Undoing, userId: UserId): Promise<Plan> {
  const { ctx, may, entry } = undoing;
  const user = await findUser(ctx.scope, userId);
  if (user === null) return refused(undoRefusals.undo_person_gone());
  const { revision, role, status } = user;
  const fields = compared(['role', 'status'], { ...imagesOf(entry), now: { role, status } }, (field) =>
    may('update', 'User', instanceOf(user), field) ? 'put_back' : 'not_allowed',
  );
  const { data: change } = UserChange.safeParse(valuesOf(fields));
  const next = User.parse({ ...user, ...change });
  const led = next.role === 'team_member' ? teamIdsAsLeader(user).length : 0;
  const effects: UndoEffect[] = led > 0 ? [{ kind: 'lead_given_up', name: user.name, count: led }] : [];
  const above = [role, next.role].find((one) => ctx.actor.role === 'system' || isAbove(one, ctx.actor.role));
  return planned({
    ...{ revision, fields, effects },
    refusals: [
      nothingToPutBack(fields),
      change === undefined ? undoRefusals.undo_outdated() : null,
      above === undefined ? null : userRefusals.role_out_of_reach({ role: above }),
      await lastAdmin(undoing, user, next),
    ],
    apply: (marked) => updateUser(marked, { ...change, userId, revision }),
  });
}

/** As many teams as fit into a removal's own transaction. */
const teamsLeftAtOnce = 31;

async function takeAway(undoing: Undoing, userId: UserId): Promise<Plan> {
  const { ctx, may, entry } = undoing;
  const user = await findUser(ctx.scope, userId);
  if (user === null) return refused(undoRefusals.undo_overtaken());
  const { revision } = user;
  const teams = Object.keys(user.teams).length;
  return planned({
    revision,
    refusals: [
      unless(may('delete', 'User', instanceOf(user))),
      revision === imagesOf(entry).after.revision ? null : undoRefusals.undo_changed_since(),
      teams > teamsLeftAtOnce ? undoRefusals.undo_too_large({ teams }) : null,
      await lastAdmin(undoing, user, null),
    ],
    apply: (marked) => removeUser(marked, { userId, revision }),
  });
}
