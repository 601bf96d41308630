import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { Organization } from '../organization/profile.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Invitation, NewInvitation } from './invitation.schema.ts';
import { invite } from './invitation.service.ts';
import type { InvitationSender } from './invitation-sender.ts';

/**
 * Invites a person by the organization's own rules: its plan's seats, and the mail domains it allows. Throws as `invite` does, and
 * `validation_failed` with the field.
 */
export async function inviteInto(
  scope: OrganizationScope,
  actor: Actor,
  person: NewInvitation,
  { allowedDomains, subscription }: Pick<Organization, 'allowedDomains' | 'subscription'>,
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  refuseDomain(person.email, allowedDomains);
  return await invite(scope, actor, person, subscription.plan, sender, now);
}

function refuseDomain(email: string, allowed: readonly string[]): void {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (allowed.length === 0 || allowed.includes(domain)) return;
  throw wrong('email', `This organization invites addresses of ${allowed.join(', ')} only.`);
}

const wrong = (path: string, message: string) =>
  new AppError('validation_failed', message, { fields: [{ path, message }] });
