import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { changeCounts } from '../organization/counts.ts';
import { type Adoption, adopted } from '../table/change-stamp.ts';
import { deletionRecordWrite } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, transact } from '../table/write.ts';
import { findUser } from '../user/find-user.ts';
import { setTeamRole, unsetTeamRoles } from '../user/team-role.ts';
import { findTeam, requireTeam, type StoredTeam } from './find-team.ts';
import { TeamItem, TeamNameItem } from './team.noun.ts';
import { type Team, type TeamMember, teamNameKey } from './team.schema.ts';
import {
  addMember,
  beginCounts,
  changeRoster,
  claimName,
  endCounts,
  freeName,
  newMember,
  removeMember,
} from './team-writes.ts';

/** A team that comes from elsewhere: its members are users of the organization, and one who leads it may. */
export interface AdoptedTeam extends Pick<Team, 'name' | 'createdAt'> {
  readonly teamId: Team['id'];
  readonly description?: string;
  readonly createdBy?: string;
  readonly members: readonly (Pick<TeamMember, 'userId' | 'role'> & { readonly joinedAt: string })[];
}

/** Which team has a name in the scope's organization, or null. */
export async function holderOfTeamName(
  { organizationId, client, table }: OrganizationScope,
  name: string,
): Promise<Team['id'] | null> {
  const key = { organizationId, name: teamNameKey(name) };
  const { data } = await entityOf(TeamNameItem).get(key).go({ client, table, consistent: true });
  return data?.teamId ?? null;
}

// A transaction has 100 writes; a membership takes two or three of them.
const membersAtOnce = 30;

/**
 * Takes a team over, whatever the plan allows: what an organization has, it keeps. Members beyond those of one transaction
 * follow, the leader among the first; called again it adds those who are missing. A team that somebody has changed since, and
 * one that was there, stays as it is. Throws `already_exists` for its name.
 */
export async function adoptTeam(
  scope: OrganizationScope,
  adoption: Adoption,
  team: AdoptedTeam,
): Promise<void> {
  await begin(scope, adoption, team);
  const members = team.members.toSorted((a, b) => Number(b.role === 'leader') - Number(a.role === 'leader'));
  for (;;) {
    const stored = await requireTeam(scope, team.teamId);
    if (stored.item.changed.requestId !== adoption.actor.requestId) return;
    const present = new Set(stored.members.map(({ userId }) => userId));
    const missing = members.filter(({ userId }) => !present.has(userId)).slice(0, membersAtOnce);
    if (missing.length === 0) return;
    await add(scope, adoption, stored, missing);
  }
}

async function begin(scope: OrganizationScope, adoption: Adoption, team: AdoptedTeam): Promise<void> {
  const { teamId, name, description, createdBy, createdAt } = team;
  const item = entityOf(TeamItem).create({
    organizationId: scope.organizationId,
    teamId,
    name,
    ...(description === undefined ? {} : { description }),
    ...(createdBy === undefined ? {} : { createdBy }),
    memberCount: 0,
    ...adopted(adoption, 'team.imported', createdAt),
  });
  try {
    await transact(scope, [
      claimName(scope, teamId, name),
      changeCounts(scope, { teams: 1 }),
      put(scope, item),
      beginCounts(scope, teamId),
    ]);
  } catch (error) {
    if (!(error instanceof AppError) || (await findTeam(scope, teamId)) === null) throw error;
  }
}

async function add(
  scope: OrganizationScope,
  { actor, now }: Adoption,
  { item, members }: StoredTeam,
  joining: AdoptedTeam['members'],
): Promise<void> {
  const ctx = { scope, actor, now };
  const { teamId, revision } = item;
  const action = 'team.member-added' as const;
  const people = await Promise.all(joining.map(({ userId }) => findUser(scope, userId)));
  const leaderId = item.leaderId ?? joining.find(({ role }) => role === 'leader')?.userId;
  const turnout = { teamId, revision, action, memberCount: members.length + joining.length, leaderId };
  await transact(scope, [
    changeRoster(ctx, turnout),
    ...joining.flatMap(({ userId, role, joinedAt }, index) => [
      addMember(
        ctx,
        newMember(ctx, {
          teamId,
          userId,
          role,
          joinedAt,
          email: people[index]?.email,
          name: people[index]?.name,
        }),
      ),
      setTeamRole(ctx, { userId, teamId, role, action }),
    ]),
  ]);
}

/**
 * Takes an adopted team away again, members first. Throws `stale` when it has changed meanwhile, and `conflict` while KPIs are
 * the team's.
 */
export async function abandonTeam(
  scope: OrganizationScope,
  actor: Actor,
  teamId: Team['id'],
  now: Date,
): Promise<void> {
  let team = await requireTeam(scope, teamId);
  while (team.members.length > 0) {
    await takeOut(scope, actor, team, now);
    team = await requireTeam(scope, teamId);
  }
  const { item } = team;
  const { revision } = item;
  const gone = entityOf(TeamItem)
    .remove({ organizationId: scope.organizationId, teamId })
    .where((stored, { eq }) => eq(stored.revision, revision));
  const deletion = { entity: 'team', sortKey: teamId, revision, item };
  await transact(scope, [
    remove(scope, gone, stale),
    endCounts(scope, teamId),
    freeName(scope, item.name),
    changeCounts(scope, { teams: -1 }),
    deletionRecordWrite(scope, actor, 'team.import-undone', deletion, now),
  ]);
}

async function takeOut(
  scope: OrganizationScope,
  actor: Actor,
  { item, members }: StoredTeam,
  now: Date,
): Promise<void> {
  const { teamId, revision } = item;
  const ctx = { scope, actor, now };
  const [leaving, staying] = [members.slice(0, membersAtOnce), members.slice(membersAtOnce)];
  const action = 'team.member-removed' as const;
  const leaderId = staying.find(({ role }) => role === 'leader')?.userId;
  const turnout = { teamId, revision, action, memberCount: staying.length, leaderId };
  await transact(scope, [
    changeRoster(ctx, turnout),
    ...leaving.flatMap((member) => [
      ...removeMember(ctx, member),
      unsetTeamRoles(ctx, { userId: member.userId, teamIds: [teamId], action }),
    ]),
  ]);
}
