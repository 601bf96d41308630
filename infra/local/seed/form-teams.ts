import type { Role } from '../../../domain/access/roles.schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { findTeamAndUser, setTeamMember } from '../../../domain/team/team-members.ts';

/** Somebody of an organization, and since when. */
export interface Colleague {
  readonly userId: UserId;
  readonly role: Role;
  readonly joined: Date;
}

/** One team of the seed. */
export interface TeamPlan {
  readonly name: string;
  readonly description: string;
  /** Nobody has led it since it was made. */
  readonly leaderless?: true;
}

const dayMs = 86_400_000;

/**
 * Gives each team a leader of its own, the day after that leader joined, and deals the other people out among the teams; every
 * fifth is in two.
 */
export async function formTeams(
  scope: OrganizationScope,
  admin: Actor,
  { teams: plans, plan, colleagues }: { teams: readonly TeamPlan[]; plan: Plan; colleagues: Colleague[] },
  now: Date,
): Promise<Team[]> {
  const leaders = colleagues.filter(({ role }) => role === 'team_leader');
  const dayAfter = (...times: Date[]) =>
    new Date(Math.min(Math.max(...times.map(Number)) + dayMs, now.getTime()));
  const teams: Team[] = [];
  for (const { name, description, leaderless } of plans) {
    const leader = leaderless ? undefined : leaders.shift();
    const input = { name, description, ...(leader === undefined ? {} : { leaderId: leader.userId }) };
    const made = dayAfter(leader?.joined ?? new Date(teams.at(-1)?.createdAt ?? now));
    teams.push(await createTeam({ scope, actor: admin, now: made }, { ...input, plan }));
  }
  const members = colleagues.filter(({ role }) => role === 'team_member');
  for (const [index, { userId, joined }] of members.entries()) {
    const places = index % 5 === 4 && teams.length > 1 ? [index, index + 1] : [index];
    for (const place of places) {
      const team = teams[place % teams.length];
      if (team === undefined) continue;
      const found = await findTeamAndUser(scope, { teamId: team.id, userId });
      const change = { role: 'member', revision: found.team.item.revision } as const;
      await setTeamMember(
        { scope, actor: admin, now: dayAfter(joined, new Date(team.createdAt)) },
        found,
        change,
      );
    }
  }
  return teams;
}
