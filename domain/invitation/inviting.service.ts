import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { Organization } from '../organization/profile.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Invitation, NewInvitation } from './invitation.schema.ts';
import { invite } from './invitation.service.ts';
import type { InvitationSender } from './invitation-sender.ts';

/**
 * Invites a person by the organization's own rules: its plan's seats, and the mail domains it allows. Throws
 * as `invite` does, and `validation_failed` with the field.
 */
export async function inviteInto(
  scope: OrganizationScope,
  actor: Actor,
  person: NewInvitation,
  { allowedDomains, subscription }: Pick<Organization, 'allowedDomains' | 'subscription'>,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  refuseAddress(person.email, allowedDomains);
  return await invite(scope, actor, person, subscription.plan, sender, now);
}

/** Whether an organization that allows these mail domains takes an address; none means any. */
export const allowsAddress = (email: string, allowedDomains: readonly string[]): boolean =>
  allowedDomains.length === 0 || allowedDomains.includes(email.slice(email.lastIndexOf('@') + 1));

/** Throws `validation_failed` for an address that the organization doesn't take. */
export function refuseAddress(email: string, allowedDomains: readonly string[]): void {
  if (allowsAddress(email, allowedDomains)) return;
  const message = `This organization invites addresses of ${allowedDomains.join(', ')} only.`;
  throw new AppError('validation_failed', message, { fields: [{ path: 'email', message }] });
}
