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
 * The one part of a letter that differs from others': what is wrong with another part is wrong with all
 * letters.
 */
const address = 'email_address';

/**
 * Clerk's letters for the table's invitations. Source: Clerk Backend API reference, Invitations.
 * @param appOrigin where the link of a letter leads
 */
export const clerkLetters = ({ call }: ReturnType<typeof clerkApi>, appOrigin: string) => ({
  /**
   * Sends the letter of an invitation that is open, or about to be opened again. Throws
   * `identity_unavailable`.
   */
  async send(scope: OrganizationScope, invitationId: InvitationId): Promise<GatewayAnswer> {
    const invitation = await findInvitation(scope, invitationId);
    if (invitation === null || invitation.status === 'accepted' || invitation.status === 'revoked')
      return { outcome: 'failed', deliveryProblem: 'This invitation is over.' };
    const response = await call('POST', '/invitations', {
      [address]: invitation.email,
      // The name fills in the form of whoever accepts.
      public_metadata: { organizationId: scope.organizationId, invitationId, name: invitation.name },
      redirect_url: `${appOrigin}/`,
      notify: true,
      // Whoever has an account joins with that account; where they belong is decided when they accept.
      ignore_existing: true,
      expires_in_days: lifetimeOf(invitation),
    });
    return await outcomeOf(response);
  },
  /**
   * Makes a letter's link unusable; an id that Clerk doesn't know is no error. Throws `identity_unavailable`.
   */
  async withdraw(providerId: string): Promise<void> {
    await call('POST', `/invitations/${encodeURIComponent(providerId)}/revoke`);
  },
});

async function outcomeOf(response: Response): Promise<GatewayAnswer> {
  if (response.ok) return { outcome: 'sent', providerId: created.parse(await response.json()).id };
  // A key that is changed, an account that isn't paid: what ails Clerk or us passes, and says nothing of this
  // letter.
  if (response.status !== 400 && response.status !== 422) return { outcome: 'unavailable' };
  const { errors } = failure.parse(await response.json().catch(() => null));
  const own = errors.find(({ meta }) => (meta?.param_name ?? address) === address);
  return own === undefined ? { outcome: 'unavailable' } : { outcome: 'failed', deliveryProblem: own.message };
}
