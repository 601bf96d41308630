import { type Context, naming } from '../context.ts';
import { AppError } from '../errors.ts';
import type { TeamId, UserId } from '../ids.ts';
import type { Write } from '../table/transaction.ts';
import { findUsers } from '../user/find-user.ts';
import type { User } from '../user/profile.schema.ts';
import { setTeamRole } from '../user/team-role.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { requireTeam, type StoredMember, type StoredTeam, showTeam } from './find-team.ts';
import { teamRefusals } from './team.refusals.ts';
import { type AddedMembers, teamMembersLimit } from './team.schema.ts';
import { changeMembers, objectionToMoreTeams } from './team-members.ts';
import { addMember, newMember } from './team-writes.ts';

type Result = AddedMembers['results'][number];

interface Adding {
  readonly teamId: TeamId;
  readonly userIds: readonly UserId[];
}

const attempts = 4;

/**
 * Adds users to a team as members, in one transaction. A user who can't be added doesn't affect the others,
 * and existing members are left as they are, so that repetition changes nothing. The input contains no
 * revision of the team: if it changes meanwhile, it is re-read. Throws `not_found` if there is no such
 * team.
 */
export async function addMembers(ctx: Context, adding: Adding): Promise<AddedMembers> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await addOnce(ctx, adding);
    } catch (error) {
      const overtaken = error instanceof AppError && (error.code === 'stale' || error.code === 'conflict');
      if (!overtaken || attempt === attempts) throw error;
    }
  }
}

async function addOnce(given: Context, { teamId, userIds }: Adding): Promise<AddedMembers> {
  const ids = [...new Set(userIds)];
  const { scope } = given;
  const [team, found] = await Promise.all([requireTeam(scope, teamId), findUsers(scope, ids)]);
  const ctx = naming(given, [teamId, team.item.name]);
  const users = new Map(found.map((user) => [user.userId, user]));
  const results: Result[] = [];
  const added: { readonly member: StoredMember; readonly writes: Write[] }[] = [];
  for (const userId of ids) {
    const outcome = judged(team, users.get(userId), added.length);
    if (outcome instanceof AppError) results.push({ userId, status: 'refused', ...inWords(outcome) });
    else if (outcome === null) results.push({ userId, status: 'already_member' });
    else {
      added.push(joining(ctx, teamId, outcome));
      results.push({ userId, status: 'added' });
    }
  }
  if (added.length === 0) return { team: showTeam(team), results };
  const members = [...team.members, ...added.map(({ member }) => member)];
  const writes = added.flatMap((one) => one.writes);
  return {
    team: await changeMembers(ctx, { team, members, action: 'team.member-added' }, writes),
    results,
  };
}

/** The user to add, null for an existing member, or why they can't be added. */
function judged(team: StoredTeam, user: User | undefined, before: number): User | AppError | null {
  if (user === undefined) return userRefusals.user_not_found();
  if (team.members.some(({ userId }) => userId === user.userId)) return null;
  if (team.members.length + before >= teamMembersLimit)
    return teamRefusals.team_full({ most: teamMembersLimit });
  return objectionToMoreTeams(user) ?? user;
}

function joining(ctx: Context, teamId: TeamId, { userId, email, name }: User) {
  const place = { teamId, userId, role: 'member' } as const;
  const member = newMember(ctx, { ...place, email, name, joinedAt: ctx.now.toISOString() });
  const writes = [addMember(ctx, member), setTeamRole(ctx, { ...place, action: 'team.member-added' })];
  return { member, writes };
}

const inWords = ({ code, message, reason, params }: AppError) => ({ code, message, reason, params });
