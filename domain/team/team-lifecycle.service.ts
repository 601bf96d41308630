import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { newTeamId, type TeamId } from '../ids.ts';
import { countWithinPlanWrite, countWrite } from '../organization/counters.service.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { created, updated } from '../table/change-stamp.ts';
import { deletionRecordWrite } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, transact, update, type Write } from '../table/write.ts';
import { noTeamRoleWrite, teamRoleWrite } from '../user/team-role.service.ts';
import { findUser } from '../user/user.service.ts';
import { TeamItem, TeamNameItem } from './team.noun.ts';
import { type NewTeam, type Team, type TeamChange, teamNameKey } from './team.schema.ts';
import { requireTeam, type StoredMember, showTeam } from './team.service.ts';
import { beginTeamCountsWrite, endTeamCountsWrite } from './team-counters.service.ts';
import { noUser, refuseLeading, refuseMoreTeams } from './team-members.service.ts';
import { addMemberWrite, newMember, removeMemberWrites } from './team-write.ts';

/** The refusal of a name that another team of the organization has. */
const nameTaken = () => {
  const message = 'A team of this name exists already.';
  return new AppError('already_exists', message, { fields: [{ path: 'name', message }] });
};

/** The write that takes a team's name in its organization; refused with `already_exists`. */
export const claimNameWrite = (scope: OrganizationScope, teamId: TeamId, name: string): Write =>
  put(
    scope,
    entityOf(TeamNameItem).create({ organizationId: scope.organizationId, name: teamNameKey(name), teamId }),
    nameTaken,
  );

/** The write that gives a team's name free. */
export const freeNameWrite = (scope: OrganizationScope, name: string): Write =>
  remove(
    scope,
    entityOf(TeamNameItem).remove({ organizationId: scope.organizationId, name: teamNameKey(name) }),
  );

/** The first leader of a new team. Throws `not_found`, and `conflict` for who may not lead or is in too many teams. */
async function firstLeader(
  scope: OrganizationScope,
  actor: Actor,
  { leaderId, teamId }: { readonly leaderId: NonNullable<NewTeam['leaderId']>; readonly teamId: TeamId },
  now: Date,
): Promise<StoredMember> {
  const user = await findUser(scope, leaderId);
  if (user === null) throw noUser();
  refuseLeading(user);
  refuseMoreTeams(user);
  const { userId, email, name } = user;
  const joinedAt = now.toISOString();
  return newMember(scope, actor, teamId, { userId, email, name, role: 'leader', joinedAt }, now);
}

/**
 * Creates a team, with its leader if one is named. Throws `already_exists` when the name is taken and `entitlement_exceeded`
 * when the plan allows no more teams; of the leader as `setMember` does.
 */
export async function createTeam(
  scope: OrganizationScope,
  actor: Actor,
  { name, description, leaderId }: NewTeam,
  plan: Plan,
  now: Date,
): Promise<Team> {
  const teamId = newTeamId(now);
  const members = leaderId === undefined ? [] : [await firstLeader(scope, actor, { leaderId, teamId }, now)];
  const item = {
    organizationId: scope.organizationId,
    teamId,
    name,
    ...(description === undefined ? {} : { description }),
    ...(leaderId === undefined ? {} : { leaderId }),
    createdBy: actor.by,
    memberCount: members.length,
    ...created(actor, 'team.created', now),
  };
  const action = 'team.member-added';
  await transact(scope, [
    claimNameWrite(scope, teamId, name),
    countWithinPlanWrite(scope, { teams: 1 }, { of: 'teams', plan }),
    put(scope, entityOf(TeamItem).create(item)),
    beginTeamCountsWrite(scope, teamId),
    ...members.flatMap((leader) => [
      addMemberWrite(scope, leader),
      teamRoleWrite(scope, actor, { userId: leader.userId, teamId, role: 'leader', action }, now),
    ]),
  ]);
  return showTeam({ item, members });
}

/** Changes a team's name or description. Throws `not_found`, `stale`, and `already_exists` when the name is taken. */
export async function updateTeam(
  scope: OrganizationScope,
  actor: Actor,
  { teamId, revision, ...change }: TeamChange & { readonly teamId: TeamId; readonly revision: number },
  now: Date,
): Promise<Team> {
  const { item, members } = await requireTeam(scope, teamId);
  if (item.revision !== revision) throw stale();
  const { description: old, ...kept } = item;
  const { name = item.name, description = old ?? null } = change;
  const next = { name, ...updated(actor, 'team.updated', now) };
  const patch = entityOf(TeamItem).patch({ organizationId: scope.organizationId, teamId }).set(next);
  const changed = (description === null ? patch.remove(['description']) : patch.set({ description }))
    .add({ revision: 1 })
    .where((team, { eq }) => eq(team.revision, revision));
  const renamed = teamNameKey(name) !== teamNameKey(item.name);
  await transact(scope, [
    ...(renamed ? [claimNameWrite(scope, teamId, name), freeNameWrite(scope, item.name)] : []),
    update(scope, changed, stale),
  ]);
  const described = description === null ? {} : { description };
  return showTeam({ item: { ...kept, ...next, ...described, revision: revision + 1 }, members });
}

// A transaction has 100 writes; a membership takes three of them, the team itself five.
const membersDeletedAtOnce = 30;

/**
 * Deletes a team with its memberships. Throws `not_found`, `stale`, and `conflict` while KPIs are the team's or when it has more
 * members than one transaction can take out.
 */
export async function deleteTeam(
  scope: OrganizationScope,
  actor: Actor,
  { teamId, revision }: { readonly teamId: TeamId; readonly revision: number },
  now: Date,
): Promise<void> {
  const { item, members } = await requireTeam(scope, teamId);
  if (item.revision !== revision) throw stale();
  if (members.length > membersDeletedAtOnce)
    throw new AppError(
      'conflict',
      `This team has ${members.length} members, and one of at most ${membersDeletedAtOnce} can be deleted. Take some out first, then try again.`,
    );
  const gone = entityOf(TeamItem)
    .remove({ organizationId: scope.organizationId, teamId })
    .where((team, { eq }) => eq(team.revision, revision));
  const deletion = { entity: 'team', sortKey: teamId, revision, item };
  const action = 'team.member-removed';
  await transact(scope, [
    remove(scope, gone, stale),
    endTeamCountsWrite(scope, teamId),
    freeNameWrite(scope, item.name),
    countWrite(scope, { teams: -1 }),
    deletionRecordWrite(scope, actor, 'team.deleted', deletion, now),
    ...members.flatMap((member) => [
      ...removeMemberWrites(scope, actor, member, now),
      noTeamRoleWrite(scope, actor, { userId: member.userId, teamIds: [teamId], action }, now),
    ]),
  ]);
}
