import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { TeamId } from '../ids.ts';
import { changeCounts } from '../organization/counts.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh, remove } from '../table/writes.ts';
import { findTeam, requireTeam, type StoredTeam } from '../team/find-team.ts';
import { TeamItem, TeamNameItem } from '../team/team.noun.ts';
import { teamDescription, teamName, teamNameKey } from '../team/team.schema.ts';
import {
  addMember,
  beginCounts,
  changeRoster,
  claimName,
  endCounts,
  freeName,
  newMember,
  removeMember,
} from '../team/team-writes.ts';
import { findUser } from '../user/find-user.ts';
import { setTeamRole, unsetTeamRoles } from '../user/team-role.ts';
import { type LegacyDocument, ulidOf } from './document.ts';
import type { ImportContext } from './import-run.ts';
import { mapTeamMembers } from './map-team-members.ts';
import { createdAtOf, type Found, type ImportedTeam, type Outcome, remarksOn } from './outcome.ts';
import { findOrganization, mapped, type PlanState } from './plan-state.ts';

const known = [
  ...['_id', '_creationTime', 'name', 'description', 'organizationId', 'leaderId', 'createdBy', 'members'],
  ...['createdAt', 'updatedAt'],
];

/** Maps a legacy team to a team of one organization, with a unique name there. */
export async function mapTeam(state: PlanState, document: LegacyDocument): Promise<Outcome> {
  const { fields, id } = document;
  const remarks = remarksOn(document, known);
  const byMapping = mapped(state, 'teams', id);
  const where = await findOrganization(state, remarks, {
    byMapping,
    own: remarks.exact('organizationId', fields.organizationId),
  });
  if ('outcome' in where) return where.outcome;
  const { organization } = where;
  const given = mapped(state, 'teamNames', id);
  const name = given ?? remarks.text('name', fields.name, teamName);
  if (name === undefined) return remarks.undecided('name-unusable');
  const teamId = TeamId.parse(`team_${ulidOf(document)}`);
  const key = `${organization.organizationId} ${teamNameKey(name)}`;
  const owner =
    state.teamNames.get(key) ?? (await state.existing.teamNamed(organization.organizationId, name));
  if (owner !== null && owner !== teamId) return remarks.undecided('team-name-taken', name);
  if (given !== undefined) remarks.keep('renamed', 'name', fields.name, given);
  const createdAt = createdAtOf(document, remarks);
  if (createdAt === undefined) return remarks.aside('document-invalid', 'createdAt');
  state.teamNames.set(key, teamId);
  organization.teams += 1;
  const description = remarks.text('description', fields.description, teamDescription);
  const createdBy = remarks.exact('createdBy', fields.createdBy);
  return remarks.imported({
    kind: 'team',
    organizationId: organization.organizationId,
    teamId,
    name,
    ...(description === undefined ? {} : { description }),
    ...(createdBy === undefined ? {} : { createdBy }),
    members: await mapTeamMembers({ state, organization, remarks, createdAt }, fields),
    createdAt,
  });
}

/** Reads a team (strongly consistent) with its import mark; null if there is none. */
export async function findImportedTeam(scope: OrganizationScope, teamId: TeamId): Promise<Found | null> {
  const found = await findTeam(scope, teamId);
  if (found === null) return null;
  const { organizationId, name, description, createdBy, createdAt, changed } = found.item;
  const members = found.members.map(({ userId, role, joinedAt }) => ({
    userId,
    role,
    joinedAt: joinedAt ?? createdAt,
  }));
  return {
    item: {
      kind: 'team',
      organizationId,
      teamId,
      name,
      ...(description === undefined ? {} : { description }),
      ...(createdBy === undefined ? {} : { createdBy }),
      members,
      createdAt,
    },
    changedBy: changed.requestId,
  };
}

/** The team with this name in the scope's organization, or null. */
export async function findTeamNamed(scope: OrganizationScope, name: string): Promise<TeamId | null> {
  const claim = await find(scope, TeamNameItem, { name: teamNameKey(name) });
  return claim?.teamId ?? null;
}

// A transaction has at most 100 writes; a membership takes two or three.
const membersAtOnce = 30;

/**
 * Imports a team, regardless of the plan: an organization keeps what it has. Members beyond one transaction
 * follow, the lead being among the first; calling it again adds missing ones. A team that existed before or
 * was changed since is left as it is. Throws `already_exists` for its name.
 */
export async function importTeam(ctx: ImportContext, team: ImportedTeam): Promise<void> {
  await createTeam(ctx, team);
  const members = team.members.toSorted((a, b) => Number(b.role === 'leader') - Number(a.role === 'leader'));
  for (;;) {
    const stored = await requireTeam(ctx.scope, team.teamId);
    if (stored.item.changed.requestId !== ctx.actor.requestId) return;
    const present = new Set(stored.members.map(({ userId }) => userId));
    const missing = members.filter(({ userId }) => !present.has(userId)).slice(0, membersAtOnce);
    if (missing.length === 0) return;
    await addMembers(ctx, stored, missing);
  }
}

async function createTeam(ctx: ImportContext, team: ImportedTeam): Promise<void> {
  const { scope, revision } = ctx;
  const { teamId, name, description, createdBy, createdAt } = team;
  const values = { teamId, name, description, createdBy, memberCount: 0 };
  try {
    await transact(scope, [
      claimName(scope, teamId, name),
      changeCounts(scope, { teams: 1 }),
      create(scope, TeamItem, fresh(ctx, TeamItem, values, 'team.imported', { revision, createdAt })),
      beginCounts(scope, teamId),
    ]);
  } catch (error) {
    if (!(error instanceof AppError) || (await findTeam(scope, teamId)) === null) throw error;
  }
}

async function addMembers(
  ctx: Context,
  { item, members }: StoredTeam,
  joining: ImportedTeam['members'],
): Promise<void> {
  const { scope } = ctx;
  const { teamId, revision } = item;
  const action = 'team.member-added' as const;
  const people = await Promise.all(joining.map(({ userId }) => findUser(scope, userId)));
  const leaderId = item.leaderId ?? joining.find(({ role }) => role === 'leader')?.userId;
  const roster = { teamId, revision, action, memberCount: members.length + joining.length, leaderId };
  await transact(scope, [
    changeRoster(ctx, roster),
    ...joining.flatMap(({ userId, role, joinedAt }, index) => {
      const { email, name } = people[index] ?? {};
      return [
        addMember(ctx, newMember(ctx, { teamId, userId, role, joinedAt, email, name })),
        setTeamRole(ctx, { userId, teamId, role, action }),
      ];
    }),
  ]);
}

/**
 * Removes an imported team, members first. Throws `stale` if it has changed, and `conflict` while it owns
 * KPIs.
 */
export async function undoTeam(ctx: Context, teamId: TeamId): Promise<void> {
  const { scope } = ctx;
  let team = await requireTeam(scope, teamId);
  while (team.members.length > 0) {
    await removeMembers(ctx, team);
    team = await requireTeam(scope, teamId);
  }
  const [removal, record] = remove(ctx, TeamItem, team.item, 'team.import-undone');
  await transact(scope, [
    removal,
    endCounts(scope, teamId),
    freeName(scope, team.item.name),
    changeCounts(scope, { teams: -1 }),
    record,
  ]);
}

async function removeMembers(ctx: Context, { item, members }: StoredTeam): Promise<void> {
  const { teamId, revision } = item;
  const [leaving, staying] = [members.slice(0, membersAtOnce), members.slice(membersAtOnce)];
  const action = 'team.member-removed' as const;
  const leaderId = staying.find(({ role }) => role === 'leader')?.userId;
  const roster = { teamId, revision, action, memberCount: staying.length, leaderId };
  await transact(ctx.scope, [
    changeRoster(ctx, roster),
    ...leaving.flatMap((member) => [
      ...removeMember(ctx, member),
      unsetTeamRoles(ctx, { userId: member.userId, teamIds: [teamId], action }),
    ]),
  ]);
}
