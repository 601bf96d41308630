import { teamsLed } from '../../../domain/access/member.ts';
import { InvitationId, TeamId } from '../../../domain/ids.ts';
import { inviteMany } from '../../../domain/invitation/bulk.service.ts';
import type { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationsAfter, invitationsIntoTeams } from '../../../domain/invitation/invitation.service.ts';
import { inviteInto } from '../../../domain/invitation/inviting.service.ts';
import { resend } from '../../../domain/invitation/resending.service.ts';
import { revoke } from '../../../domain/invitation/revocation.service.ts';
import { readInvitation, type StoredInvitation } from '../../../domain/invitation/stored-invitation.ts';
import { countsOf } from '../../../domain/organization/counters.service.ts';
import { sendingFor } from '../../clerk/sending-for.ts';
import type { Exchange } from '../exchange.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { permit, unseen } from '../permit.ts';
import { invitationRoutes } from '../routes/invitations.routes.ts';

/** For how long a list of invitations is checked and sent before the rest is left to the hourly run. */
const bulkMs = 6000;

/** An organization's invitations. */
export const invitations = ({ page, provider }: OrganizationParts) =>
  noun(invitationRoutes, {
    listInvitations: ({ query, now, exchange, params }) => {
      const { scope, member } = tenantOf(exchange);
      return page({
        use: {
          viewer: actorOf(exchange).by,
          organizationId: params.organizationId,
          route: 'listInvitations',
        },
        query,
        now,
        parse: (text) => InvitationId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) =>
          member.role === 'team_leader'
            ? invitationsIntoTeams(
                scope,
                teamsLed(member).map((id) => TeamId.parse(id)),
                position,
                limit,
                now,
              )
            : invitationsAfter(scope, position, limit, now),
      });
    },
    createInvitation: ({ body, now, exchange }) => {
      permitInviting(exchange, body);
      const { scope, organization } = tenantOf(exchange);
      return inviteInto(scope, actorOf(exchange), body, organization, provider, now);
    },
    inviteMany: ({ body, now, exchange }) => {
      const { scope, organization } = tenantOf(exchange);
      const limited = sendingFor(bulkMs, provider);
      const who = { scope, organization, actor: actorOf(exchange), sender: limited };
      // Each line is decided by itself; where none is right enough to be decided, nothing is done.
      exchange.decided = true;
      const mayInvite = (person: NewInvitation) => permitInviting(exchange, person);
      return inviteMany({ ...who, permit: mayInvite, now }, body.invitations);
    },
    revokeInvitation: async ({ params, now, exchange }) => {
      const stored = await permittedInvitation(exchange, params.invitationId);
      const revocation = { stored, revision: revisionOf(exchange) };
      return await revoke(tenantOf(exchange).scope, actorOf(exchange), revocation, provider, now);
    },
    resendInvitation: async ({ params, now, exchange }) => {
      const { scope, organization } = tenantOf(exchange);
      const [stored, counts] = await Promise.all([
        permittedInvitation(exchange, params.invitationId),
        countsOf(scope, true),
      ]);
      return await resend(scope, actorOf(exchange), { stored, organization, counts }, provider, now);
    },
  });

/**
 * Everybody who reads this sees their organization: who may not invite is told so, whichever team was named.
 */
const permitInviting = (exchange: Exchange, { teamId, role }: NewInvitation): void =>
  permit(exchange, { teamId, role }, 'Organization');

/** The invitation of the path, if the caller may do to it what the route does. */
async function permittedInvitation(exchange: Exchange, id: InvitationId): Promise<StoredInvitation> {
  const invitation = await readInvitation(tenantOf(exchange).scope, id);
  if (invitation === null) throw unseen();
  permit(exchange, { teamId: invitation.teamId, role: invitation.role });
  return invitation;
}
