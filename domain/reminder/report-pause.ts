import { isAdmin } from '../access/roles.schema.ts';
import { isServed } from '../organization/assert-served.ts';
import { findOrganization } from '../organization/find-organization.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { allUsers } from '../user/list-users.ts';
import { storedWebhooks } from '../webhook/manage-webhooks.ts';
import type { WebhookId } from '../webhook/webhook.schema.ts';
import { allMailSettings, wants } from './mail-settings.ts';
import { keptDays, type Posting, sendOnce } from './send-once.ts';
import { type MailLinks, webhookMail } from './write-mail.ts';

/** What reporting needs: a way to send email, and the time. */
export interface ReportDependencies extends Posting {
  readonly links: MailLinks;
  readonly now: Date;
}

/** A pause of a webhook by the sender. */
export interface Pause {
  readonly webhookId: WebhookId;
  /** The id of that change: the same each time it is reported. */
  readonly changeId: string;
  readonly run: string;
}

/**
 * Emails an organization's admins that a webhook was paused: once per pause and admin, however often the
 * pause is reported. Returns the number of emails sent: none if the webhook has been resumed or deleted
 * meanwhile. Unlike reminders, it doesn't have to be enabled: an organization with a webhook depends on it.
 */
export async function reportPause(
  scope: OrganizationScope,
  { webhookId, changeId, run }: Pause,
  { links, now, ...mailing }: ReportDependencies,
): Promise<number> {
  const [organization, webhooks] = await Promise.all([findOrganization(scope), storedWebhooks(scope)]);
  const webhook = webhooks.find((one) => one.webhookId === webhookId);
  if (organization === null || webhook?.pausedBecause === undefined) return 0;
  if (organization.frozenAt !== undefined || !isServed(organization, now)) return 0;
  const [users, settings] = await Promise.all([allUsers(scope), allMailSettings(scope)]);
  const expiresAt = Math.floor(now.getTime() / 1000) + keptDays * 86_400;
  let mails = 0;
  let later = 0;
  for (const user of users) {
    const { userId, email, role } = user;
    const stored = settings.get(userId);
    if (!isAdmin(role) || !wants(user, stored, 'webhooks')) continue;
    const language = stored?.language ?? organization.reminders?.language ?? 'en';
    const paused = { ...webhook, pausedBecause: webhook.pausedBecause };
    const mail = webhookMail({ organization, userId, email, language }, paused, links);
    const sending = await sendOnce(mailing, scope, { day: changeId, run, expiresAt }, mail);
    if (sending === 'sent') mails += 1;
    if (sending === 'later') later += 1;
  }
  if (later > 0) throw new Error('SES takes no mail now');
  return mails;
}
