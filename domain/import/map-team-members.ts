import type { Role } from '../access/roles.schema.ts';
import { UserId } from '../ids.ts';
import { teamMembersLimit } from '../team/team.schema.ts';
import { teamsOfAUserLimit } from '../user/team-role.ts';
import { objectOf } from './document.ts';
import type { ImportedMember, Remarks } from './outcome.ts';
import type { PlannedOrganization, PlanState } from './plan-state.ts';

/** The team being mapped. */
interface Team {
  readonly state: PlanState;
  readonly organization: PlannedOrganization;
  readonly remarks: Remarks;
  readonly createdAt: string;
}

/** A future member, and whether they led the team. */
interface Candidate {
  readonly userId: UserId;
  readonly joinedAt: string;
  readonly userRole: Role;
  led: boolean;
}

/**
 * Maps a team's members: users of its organization, without duplicates. A team has one lead, who needs a
 * suitable role: `leaderId`, otherwise the first who led it (`leader` or `admin`) and may.
 */
export async function mapTeamMembers(
  team: Team,
  fields: Readonly<Record<string, unknown>>,
): Promise<ImportedMember[]> {
  const candidates = new Map<UserId, Candidate>();
  await listed(team, candidates, fields.members);
  const first = await named(team, candidates, fields.leaderId);
  const leader = leaderAmong(team, [...candidates.values()], first);
  return [...candidates.values()].map(({ userId, joinedAt }) => ({
    userId,
    role: userId === leader ? 'leader' : 'member',
    joinedAt,
  }));
}

async function listed(team: Team, candidates: Map<UserId, Candidate>, value: unknown): Promise<void> {
  const { remarks, createdAt } = team;
  if (value !== undefined && !Array.isArray(value)) remarks.keep('member-unknown', 'members', value);
  for (const [index, entry] of (Array.isArray(value) ? value : []).entries()) {
    const part = `members[${index}]`;
    const { userId, role, joinedAt } = objectOf(entry);
    const user = await userOf(team, userId);
    if (user === null) remarks.keep('member-unknown', part, entry);
    else if (candidates.has(user.userId)) remarks.keep('member-again', part, entry);
    else if (!hasRoom(team, candidates, user.userId)) remarks.keep('member-over-limit', part, entry);
    else {
      const joined = remarks.time(`${part}.joinedAt`, joinedAt);
      // Address and name are taken from the user.
      remarks.keepOthers(part, entry, ['userId', 'role', 'joinedAt', 'email', 'name']);
      if (joined === undefined) remarks.say('joined-missing', user.userId);
      candidates.set(user.userId, {
        ...user,
        joinedAt: joined ?? createdAt,
        led: led(`${part}.role`, role, remarks),
      });
    }
  }
}

/** The user named by `leaderId`, who is added if not among the members. */
async function named(
  team: Team,
  candidates: Map<UserId, Candidate>,
  value: unknown,
): Promise<UserId | undefined> {
  const { remarks, createdAt } = team;
  if (value === undefined || value === null || value === '') return undefined;
  const user = await userOf(team, value);
  const listed = user === null ? undefined : candidates.get(user.userId);
  if (user === null || (listed === undefined && !hasRoom(team, candidates, user.userId))) {
    remarks.keep('leader-unknown', 'leaderId', value);
    return undefined;
  }
  if (listed === undefined) {
    remarks.say('leader-not-a-member', user.userId);
    candidates.set(user.userId, { ...user, joinedAt: createdAt, led: true });
  } else listed.led = true;
  return user.userId;
}

function leaderAmong(
  { remarks }: Team,
  candidates: readonly Candidate[],
  first: UserId | undefined,
): UserId | undefined {
  const leaders = candidates
    .filter(({ led }) => led)
    .sort((a, b) => Number(b.userId === first) - Number(a.userId === first));
  const able = leaders.filter(({ userRole }) => userRole === 'team_leader' || userRole === 'org_admin');
  for (const other of leaders)
    if (!able.includes(other)) remarks.say('leader-without-role', other.userId);
    else if (other !== able[0]) remarks.say('leader-one-of-several', other.userId);
  return able[0]?.userId;
}

/** A user of the team's organization; null if the value names none. */
async function userOf(
  { state, organization }: Team,
  value: unknown,
): Promise<Omit<Candidate, 'led' | 'joinedAt'> | null> {
  const id = UserId.safeParse(value);
  if (!id.success) return null;
  const known = state.users.get(id.data);
  if (known !== undefined)
    return known.organizationId === organization.organizationId
      ? { userId: id.data, userRole: known.role }
      : null;
  const userRole = await state.existing.userRole(organization.organizationId, id.data);
  return userRole === null ? null : { userId: id.data, userRole };
}

/** Whether the team and the user can have another membership; if so, it is counted. */
function hasRoom({ state }: Team, candidates: ReadonlyMap<UserId, Candidate>, userId: UserId): boolean {
  const memberships = state.memberships.get(userId) ?? 0;
  if (candidates.size >= teamMembersLimit || memberships >= teamsOfAUserLimit) return false;
  state.memberships.set(userId, memberships + 1);
  return true;
}

function led(part: string, role: unknown, remarks: Remarks): boolean {
  if (role === 'admin') remarks.say('role-mapped');
  else if (role !== 'leader' && role !== 'member') remarks.unknown('role-unknown', part, role);
  return role === 'admin' || role === 'leader';
}
