import { type InvitationId, type TeamId, UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { teamsOfIds } from '../team/list-teams.ts';
import { findUsers } from '../user/find-user.ts';
import { showInvitation } from './find-invitation.ts';
import { InvitationItem } from './invitation.noun.ts';
import type { Invitation } from './invitation.schema.ts';

const { primary, byTeam } = placesOf(entityOf(InvitationItem)).byAccessPattern;

/** Invitations newest first, after `position` (an invitation id). */
export async function invitationsAfter(
  { organizationId, client, table }: OrganizationScope,
  position: InvitationId | undefined,
  limit: number,
  now: Date,
): Promise<Invitation[]> {
  const cursor =
    position === undefined
      ? null
      : primary.fromComposite.toCursor({ organizationId, invitationId: position });
  const { data } = await entityOf(InvitationItem)
    .query.primary({ organizationId })
    .go({ client, table, limit, pages: 1, order: 'desc', cursor });
  return data.map((stored) => showInvitation(stored, now));
}

/** Invitations of team members to some teams, as visible to their lead: newest first, after `position`. */
export async function invitationsIntoTeams(
  { organizationId, client, table }: OrganizationScope,
  teamIds: readonly TeamId[],
  position: InvitationId | undefined,
  limit: number,
  now: Date,
): Promise<Invitation[]> {
  const ofTeam = async (teamId: TeamId) => {
    const of = { organizationId, teamKey: teamId };
    const cursor =
      position === undefined ? null : byTeam.fromComposite.toCursor({ ...of, invitationId: position });
    const { data } = await entityOf(InvitationItem)
      .query.byTeam(of)
      .where(({ role }, { eq }) => eq(role, 'team_member'))
      .go({ client, table, count: limit, order: 'desc', cursor });
    return data;
  };
  const found = (await Promise.all(teamIds.map(ofTeam))).flat();
  return found
    .sort((a, b) => (a.invitationId < b.invitationId ? 1 : -1))
    .slice(0, limit)
    .map((stored) => showInvitation(stored, now));
}

/** How many invitations a request with a status reads, so that its cost doesn't grow with the list. */
const mostRead = 200;

interface OfStatus {
  readonly status: Invitation['status'];
  readonly position: InvitationId | undefined;
  readonly limit: number;
}

/**
 * At most `limit` invitations of one status from the next `mostRead` of a list, and the position where the
 * next request continues (null at the end). A page can be empty although more pages follow.
 * @param after reads the list
 */
export async function invitationsOfStatus(
  after: (position: InvitationId | undefined, limit: number) => Promise<Invitation[]>,
  { status, position, limit }: OfStatus,
  most = mostRead,
): Promise<{ items: Invitation[]; next: InvitationId | null }> {
  const read = await after(position, most + 1);
  const looked = read.slice(0, most);
  const found = looked.filter((invitation) => invitation.status === status);
  const items = found.slice(0, limit);
  if (found.length > limit) return { items, next: items.at(-1)?.id ?? null };
  return { items, next: read.length > most ? (looked.at(-1)?.id ?? null) : null };
}

/** Invitations as lists show them: with the names of inviter and team. */
export async function listedInvitations(
  scope: OrganizationScope,
  invitations: readonly Invitation[],
): Promise<Invitation[]> {
  const inviters = new Set(invitations.flatMap(({ invitedBy }) => UserId.safeParse(invitedBy).data ?? []));
  const invited = new Set(invitations.flatMap(({ teamId }) => teamId ?? []));
  const [users, teams] = await Promise.all([
    findUsers(scope, [...inviters]),
    teamsOfIds(scope, [...invited]),
  ]);
  const names = new Map<string, string>([
    ...users.map(({ userId, name }) => [userId, name] as const),
    ...teams.map(({ id, name }) => [id, name] as const),
  ]);
  return invitations.map((one) => ({
    ...one,
    inviterName: names.get(one.invitedBy) ?? one.inviterName,
    teamName: one.teamId === undefined ? undefined : names.get(one.teamId),
  }));
}
