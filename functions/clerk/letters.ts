import * as z from 'zod/mini';
import type { InvitationId } from '../../domain/ids.ts';
import { findInvitation, lifetimeOf } from '../../domain/invitation/find-invitation.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { clerkApi } from './api.ts';
import type { GatewayAnswer } from './gateway-request.ts';

const created = z.object({ id: z.string() });
const failure = z.catch(
  z.object({
    errors: z.array(
      z.object({
        message: z.string(),
        meta: z.catch(z.optional(z.object({ param_name: z.optional(z.string()) })), undefined),
      }),
    ),
  }),
  { errors: [] },
);

/**
 * The only parameter that differs between invitations; an error in any other parameter affects all of them.
 */
const address = 'email_address';

/**
 * Sends and revokes Clerk's invitation emails. Source: Clerk Backend API reference, Invitations.
 * @param appOrigin where the link of an email leads
 */
export const clerkLetters = ({ call }: ReturnType<typeof clerkApi>, appOrigin: string) => ({
  /**
   * Sends the email of an invitation that is pending or about to be resent. Throws `identity_unavailable`.
   */
  async send(scope: OrganizationScope, invitationId: InvitationId): Promise<GatewayAnswer> {
    const invitation = await findInvitation(scope, invitationId);
    if (invitation === null || invitation.status === 'accepted' || invitation.status === 'revoked')
      return { outcome: 'failed', deliveryProblem: 'This invitation is over.' };
    const response = await call('POST', '/invitations', {
      [address]: invitation.email,
      // The name prefills the acceptance form.
      public_metadata: { organizationId: scope.organizationId, invitationId, name: invitation.name },
      redirect_url: `${appOrigin}/`,
      notify: true,
      // Existing accounts can accept too; where they belong is decided on acceptance.
      ignore_existing: true,
      expires_in_days: lifetimeOf(invitation),
    });
    return await outcomeOf(response);
  },
  /** Revokes an invitation's link; an id unknown to Clerk isn't an error. Throws `identity_unavailable`. */
  async withdraw(providerId: string): Promise<void> {
    await call('POST', `/invitations/${encodeURIComponent(providerId)}/revoke`);
  },
});

async function outcomeOf(response: Response): Promise<GatewayAnswer> {
  if (response.ok) return { outcome: 'sent', providerId: created.parse(await response.json()).id };
  // Other statuses, such as a rotated key or an unpaid account, say nothing about this invitation and are
  // temporary.
  if (response.status !== 400 && response.status !== 422) return { outcome: 'unavailable' };
  const { errors } = failure.parse(await response.json().catch(() => null));
  const own = errors.find(({ meta }) => (meta?.param_name ?? address) === address);
  return own === undefined ? { outcome: 'unavailable' } : { outcome: 'failed', deliveryProblem: own.message };
}
