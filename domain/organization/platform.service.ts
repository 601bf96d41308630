import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { Invitation } from '../invitation/invitation.schema.ts';
import { deliver, inviteWrites } from '../invitation/invitation.service.ts';
import type { InvitationSender } from '../invitation/invitation-sender.ts';
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
  const { invitation, writes } = inviteWrites(platform, actor, admin, 'email', now);
  await transact(platform, [beginCountsWrite(platform, undefined, founded), ...writes]);
  return await deliver(platform, actor, invitation, sender, now);
}
