import * as z from 'zod/mini';
import { TeamRole } from '../access/roles.schema.ts';
import { TeamId, UserId } from '../ids.ts';
import { findTeam, type StoredMember, type StoredTeam } from '../team/find-team.ts';
import { teamRefusals } from '../team/team.refusals.ts';
import { teamMembersLimit } from '../team/team.schema.ts';
import { objectionToMoreTeams, removeTeamMember, setTeamMember } from '../team/team-members.ts';
import { findUser } from '../user/find-user.ts';
import type { User } from '../user/profile.schema.ts';
import { mayLead } from './former-members.ts';
import {
  compared,
  imagesOf,
  nothingToPutBack,
  type Plan,
  planned,
  refused,
  type Undoing,
  unless,
} from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';
import type { UndoEffect } from './undo.schema.ts';

const Membership = z.object({
  teamId: TeamId,
  userId: UserId,
  role: TeamRole,
  joinedAt: z.optional(z.string()),
  createdAt: z.string(),
});
type Membership = z.infer<typeof Membership>;

/** A membership according to the entry, and the current team, user and membership. */
interface Place {
  readonly team: StoredTeam;
  readonly user: User;
  readonly held: StoredMember | undefined;
}

/** Plans the undo of a change of a team's members. */
export async function undoTeamMember(undoing: Undoing): Promise<Plan> {
  const { ctx, entry } = undoing;
  const images = imagesOf(entry);
  const was = Membership.parse(entry.details.before ?? images.after);
  const [team, user] = await Promise.all([findTeam(ctx.scope, was.teamId), findUser(ctx.scope, was.userId)]);
  if (team === null) return refused(undoRefusals.undo_team_gone());
  if (user === null) return refused(undoRefusals.undo_person_gone());
  const held = team.members.find(({ userId }) => userId === was.userId);
  const place = { team, user, held };
  if (entry.action === 'team.member-removed') return bringBack(undoing, place, was);
  if (held === undefined) return refused(undoRefusals.undo_overtaken());
  return entry.action === 'team.member-added'
    ? takeAway(undoing, { ...place, held }, was)
    : putBack(undoing, { ...place, held }, was);
}

const leadOf = ({ members }: StoredTeam): StoredMember | undefined =>
  members.find(({ role }) => role === 'leader');

function putBack({ may, entry }: Undoing, place: Place & { held: StoredMember }, was: Membership): Plan {
  const { team, user, held } = place;
  const { teamId, userId, role } = was;
  const { revision } = team.item;
  const fields = compared(['role'], { ...imagesOf(entry), now: { role: held.role } }, () =>
    [role, held.role].every((one) => may('update', 'TeamMember', { teamId, userId, role: one }))
      ? 'put_back'
      : 'not_allowed',
  );
  const lead = leadOf(team);
  const effects: UndoEffect[] =
    role === 'leader' && lead !== undefined && lead !== held
      ? [{ kind: 'lead_replaced', name: lead.name ?? lead.userId }]
      : [];
  const unfit = role === 'leader' && !mayLead(user);
  return planned({
    ...{ revision, fields, effects },
    refusals: [
      nothingToPutBack(fields),
      unfit && user.status !== 'active' ? teamRefusals.leader_deactivated({ name: user.name }) : null,
      unfit ? teamRefusals.leader_lacks_role({ name: user.name }) : null,
    ],
    apply: (marked) => setTeamMember(marked, place, { role, revision }),
  });
}

function takeAway({ may }: Undoing, place: Place & { held: StoredMember }, came: Membership): Plan {
  const { team, held } = place;
  const { teamId, userId, role } = held;
  const { revision } = team.item;
  // Someone who left and returned is a member by another entry.
  const isSame = held.createdAt === came.createdAt && role === came.role;
  return planned({
    revision,
    refusals: [
      unless(may('delete', 'TeamMember', { teamId, userId, role })),
      isSame ? null : undoRefusals.undo_changed_since(),
    ],
    apply: (marked) => removeTeamMember(marked, { team, held }, revision),
  });
}

function bringBack({ may }: Undoing, place: Place, was: Membership): Plan {
  const { team, user, held } = place;
  const { teamId, userId, joinedAt } = was;
  const { revision } = team.item;
  const led = was.role === 'leader';
  const leads = led && leadOf(team) === undefined && mayLead(user);
  const role = leads ? 'leader' : 'member';
  return planned({
    revision,
    effects: led && !leads ? [{ kind: 'lead_as_member', name: user.name }] : [],
    refusals: [
      unless(may('update', 'TeamMember', { teamId, userId, role })),
      held === undefined ? null : undoRefusals.undo_there_again(),
      objectionToMoreTeams(user),
      team.members.length < teamMembersLimit ? null : teamRefusals.team_full({ most: teamMembersLimit }),
    ],
    apply: (marked) => setTeamMember(marked, place, { role, joinedAt, revision }),
  });
}
