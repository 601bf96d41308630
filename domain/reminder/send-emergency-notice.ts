import type { OrganizationId, SupportAccessId } from '../ids.ts';
import { requireOrganization } from '../organization/find-organization.ts';
import { requireSupportAccess } from '../support-access/find-support-access.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { allUsers } from '../user/list-users.ts';
import { findMailSettings, isStopped } from './mail-settings.ts';
import { keptDays, type Posting, type Sending, sendOnce } from './send-once.ts';
import { emergencyMail } from './write-mail.ts';

interface Dependencies extends Posting {
  readonly scope: OrganizationScope;
  /** The app's origin. */
  readonly origin: string;
  readonly now: Date;
  /** Identifies the run in the marks that it writes. */
  readonly run: string;
}

/** How many of an organization's admins were sent the notice, by outcome; `marked` had it already. */
export type NoticeFigures = Readonly<Record<Sending | 'marked', number>>;

/**
 * Emails an organization's active admins that a super admin has opened its data in an emergency, without
 * their consent: to each once, however often it is called. The notice can't be turned off. Throws if an
 * email can only be sent later; the next attempt sends it.
 */
export async function sendEmergencyNotice(
  { scope, origin, now, run, ...posting }: Dependencies,
  {
    organizationId: id,
    supportAccessId,
  }: { organizationId: OrganizationId; supportAccessId: SupportAccessId },
): Promise<NoticeFigures> {
  const [{ name, reminders }, access, users] = await Promise.all([
    requireOrganization(scope),
    requireSupportAccess(scope, supportAccessId),
    allUsers(scope),
  ]);
  const figures = { sent: 0, later: 0, refused: 0, unknown: 0, marked: 0 };
  const mark = { day: supportAccessId, run, expiresAt: Math.floor(now.getTime() / 1000) + keptDays * 86_400 };
  for (const user of users) {
    if (user.role !== 'org_admin' || user.status !== 'active') continue;
    const { userId, email } = user;
    const settings = await findMailSettings({ scope }, userId);
    if (isStopped(user, settings)) continue;
    const language = settings?.language ?? reminders?.language ?? 'en';
    const recipient = { organization: { id, name }, userId, email, language };
    const letter = emergencyMail(recipient, access, { origin, timeZone: reminders?.timeZone ?? 'UTC' });
    figures[await sendOnce(posting, scope, mark, letter)] += 1;
  }
  if (figures.later > 0) throw new Error('SES takes no mail now');
  return figures;
}
