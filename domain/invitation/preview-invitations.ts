import type { Context } from '../context.ts';
import { refused } from '../dry-run.schema.ts';
import { InvitationId, type TeamId } from '../ids.ts';
import { countsOf, exceeded } from '../organization/counts.ts';
import { catalogue } from '../subscription/catalogue.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { ownersOfEmails } from '../user/user-writes.ts';
import { isOverdue } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import type { BulkResult, NewInvitation } from './invitation.schema.ts';
import { type Outcome, readLines } from './invitation-lines.ts';
import { addressRefusal } from './invite.ts';
import type { InvitationList } from './invite-many.ts';

/**
 * Predicts the result of `inviteMany` without changing anything: who is already a user or invited, what is
 * wrong with a line, and who exceeds the seats. The result may be outdated a moment later.
 */
export async function previewInvitations(
  { scope, now }: Context,
  { lines, organization, permit }: InvitationList,
): Promise<BulkResult> {
  const read = readLines(lines, permit);
  const people = read.flatMap((line) => ('person' in line ? [line.person] : []));
  const [{ users, pendingInvitations }, holders, teams] = await Promise.all([
    countsOf(scope, true),
    holdersOf(scope, people, now),
    teamsThere(scope, people),
  ]);
  const { plan } = organization.subscription;
  const seatsLeft = Math.max(0, catalogue[plan].seats - users - pendingInvitations);
  const objectionTo = ({ email, teamId }: NewInvitation) => {
    const holder = holders.get(email);
    if (holder !== undefined)
      return holder === 'invitation' ? invitationRefusals.already_invited() : userRefusals.user_is_a_member();
    if (teamId !== undefined && !teams.has(teamId)) return invitationRefusals.invited_team_not_found();
    return addressRefusal(email, organization);
  };
  let seats = seatsLeft;
  const outcomeOf = (person: NewInvitation): Outcome => {
    const objection = objectionTo(person);
    if (objection !== null) return refused(objection);
    seats -= 1;
    return seats < 0 ? refused(exceeded('seats', plan)) : { status: 'invited' };
  };
  const results = read.map(({ index, email, ...line }) => ({
    ...{ index, email },
    ...('person' in line ? outcomeOf(line.person) : line.outcome),
  }));
  return { applied: false, seatsLeft, results };
}

/** The holder of each address in this organization; one held only by an overdue invitation counts as free. */
async function holdersOf(
  scope: OrganizationScope,
  people: readonly NewInvitation[],
  now: Date,
): Promise<ReadonlyMap<string, 'user' | 'invitation'>> {
  const claims = await ownersOfEmails(
    scope,
    people.map(({ email }) => email),
  );
  const invited = claims.flatMap(({ holder }) => InvitationId.safeParse(holder).data ?? []);
  const invitations = await findMany(
    scope,
    InvitationItem,
    invited.map((invitationId) => ({ invitationId })),
  );
  const overdue = new Set<string>(
    invitations.flatMap((stored) => (isOverdue(stored, now) ? [stored.invitationId] : [])),
  );
  const open = new Set<string>(invited);
  return new Map(
    claims
      .filter(({ holder }) => !overdue.has(holder))
      .map(({ email, holder }) => [email, open.has(holder) ? 'invitation' : 'user']),
  );
}

async function teamsThere(
  scope: OrganizationScope,
  people: readonly NewInvitation[],
): Promise<ReadonlySet<TeamId>> {
  const named = [...new Set(people.flatMap(({ teamId }) => teamId ?? []))];
  const found = await teamsOfIds(scope, named);
  return new Set(found.map(({ id }) => id));
}
