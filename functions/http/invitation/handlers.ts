import { teamsLed } from '../../../domain/access/member.ts';
import { InvitationId, TeamId } from '../../../domain/ids.ts';
import { findInvitation, type StoredInvitation } from '../../../domain/invitation/find-invitation.ts';
import type { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { inviteMany } from '../../../domain/invitation/invite-many.ts';
import {
  invitationsAfter,
  invitationsIntoTeams,
  invitationsOfStatus,
  listedInvitations,
} from '../../../domain/invitation/list-invitations.ts';
import { previewInvitations } from '../../../domain/invitation/preview-invitations.ts';
import { resendInvitation } from '../../../domain/invitation/resend-invitation.ts';
import { revokeInvitation } from '../../../domain/invitation/revoke-invitation.ts';
import { countsOf } from '../../../domain/organization/counts.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { sendingFor } from '../../clerk/identity-provider.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { type Authorizing, resource } from '../resource.ts';
import { type AssertCan, notFound } from '../steps/authorize.ts';
import { invitationRoutes } from './routes.ts';

/** How long invitations of a list are checked and sent before the rest is left to the hourly run. */
const bulkMs = 6000;

export const invitations = ({ page, batch, provider }: OrganizationDependencies) =>
  resource(invitationRoutes, {
    listInvitations: ({ ctx, member, query }) => {
      const { scope, now } = ctx;
      const { status, limit } = query;
      const teams = shownTeams(member);
      const after = (position: InvitationId | undefined, count: number) =>
        teams === null
          ? invitationsAfter(scope, position, count, now)
          : invitationsIntoTeams(scope, teams, position, count, now);
      const list = {
        ctx,
        route: 'listInvitations',
        query,
        parse: (text: string) => InvitationId.parse(text),
      };
      if (status === undefined)
        return page({
          ...list,
          positionOf: ({ id }) => id,
          after: async (position, count) => await listedInvitations(scope, await after(position, count)),
        });
      return batch({
        ...list,
        filter: status,
        read: async (position) => {
          const { items, next } = await invitationsOfStatus(after, { status, position, limit });
          return { items: await listedInvitations(scope, items), next };
        },
      });
    },
    createInvitation: async ({ ctx, organization, body, assertCan }) => {
      assertCanInvite(assertCan, body);
      return await invite(ctx, { person: body, organization }, provider);
    },
    inviteMany: ({ ctx, organization, query: { dryRun }, body, assertCanEach }) => {
      const assertCan = assertCanEach();
      const permit = (person: NewInvitation) => assertCanInvite(assertCan, person);
      const list = { lines: body.invitations, organization, permit };
      if (dryRun) return previewInvitations(ctx, list);
      return inviteMany(ctx, { ...list, sender: sendingFor(bulkMs, provider) });
    },
    revokeInvitation: async ({ ctx, assertCan, params, revision }) => {
      const stored = await permittedInvitation({ ctx, assertCan }, params.invitationId);
      return await revokeInvitation(ctx, { stored, revision }, provider);
    },
    resendInvitation: async ({ ctx, assertCan, organization, params }) => {
      const [stored, counts] = await Promise.all([
        permittedInvitation({ ctx, assertCan }, params.invitationId),
        countsOf(ctx.scope, true),
      ]);
      return await resendInvitation(ctx, { stored, organization, counts }, provider);
    },
  });

/** The teams whose invitations the reader sees: those they lead; null for those who see all. */
const shownTeams = (member: User): TeamId[] | null =>
  member.role === 'team_leader' ? teamsLed(member).map((id) => TeamId.parse(id)) : null;

/**
 * Every reader sees their own organization, so a caller without the right to invite is told so, whichever
 * team was named.
 */
const assertCanInvite = (assertCan: AssertCan, { teamId, role }: NewInvitation): void =>
  assertCan({ teamId, role }, 'Organization');

/** The invitation in the path, if the caller may do this to it. */
async function permittedInvitation(
  { ctx, assertCan }: Authorizing,
  id: InvitationId,
): Promise<StoredInvitation> {
  const invitation = await findInvitation(ctx.scope, id);
  if (invitation === null) throw notFound();
  assertCan({ teamId: invitation.teamId, role: invitation.role });
  return invitation;
}
