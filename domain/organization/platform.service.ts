import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { Invitation } from '../invitation/invitation.schema.ts';
import { newInvitation } from '../invitation/invite.ts';
import { type InvitationSender, sendInvitation } from '../invitation/send-invitation.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/write.ts';
import { beginCountsWrite } from './counters.service.ts';

const founded = () => new AppError('already_exists', 'The platform has its first super admin already.');

/** Founds the platform, once: its counts, and the invitation of its first super admin. Throws `already_exists`. */
export async function foundPlatform(
  platform: OrganizationScope,
  actor: Actor,
  person: { readonly name: string; readonly email: string },
  sender: InvitationSender,
  now: Date,
): Promise<Invitation> {
  const admin = { ...person, role: 'super_admin' as const };
  const { invitation, writes } = newInvitation({ scope: platform, actor, now }, admin, 'email');
  await transact(platform, [beginCountsWrite(platform, undefined, founded), ...writes]);
  return await sendInvitation({ scope: platform, actor, now }, invitation, sender);
}
