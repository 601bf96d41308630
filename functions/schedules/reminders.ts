import { setTimeout } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { systemActor } from '../../domain/actor.ts';
import { OrganizationId, SupportAccessId, UserId } from '../../domain/ids.ts';
import { stopMail } from '../../domain/reminder/mail-settings.ts';
import { reportPause } from '../../domain/reminder/report-pause.ts';
import { sendEmergencyNotice } from '../../domain/reminder/send-emergency-notice.ts';
import type { Sending } from '../../domain/reminder/send-once.ts';
import { sendReminders } from '../../domain/reminder/send-reminders.ts';
import { sealUnsubscribing, type Unsubscribing } from '../../domain/reminder/unsubscribe-token.ts';
import type { Mail } from '../../domain/reminder/write-mail.ts';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import { openInTurn, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { WebhookId } from '../../domain/webhook/webhook.schema.ts';
import { secret } from '../aws/secrets.ts';
import { mailer } from '../aws/ses.ts';
import { jobDone } from '../metrics.ts';
import { reminderSettings, tenantSettings } from '../settings.ts';

const logger = new Logger();
const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const { APP_ORIGIN, MAIL_FROM, MAIL_CONFIGURATION_SET, MAIL_SECRET_ID } = reminderSettings();
const directory = roleClient(TABLE_NAME, [partitionPatterns.directory], [directoryIndex.name]);
const open = openInTurn(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN));
const send = mailer({ from: MAIL_FROM, configurationSet: MAIL_CONFIGURATION_SET }, (name) =>
  logger.warn('SES did not take a mail', { error: name }),
);

const Shard = z.object({ shard: z.int().check(z.minimum(0), z.maximum(directoryShards - 1)) });

const recipients = z.array(z.object({ emailAddress: z.string() }));
/**
 * An SES event, by way of EventBridge. Source: Amazon SES Developer Guide, "Contents of event data that
 * Amazon SES publishes".
 */
const MailEvent = z.object({
  id: z.string(),
  source: z.literal('aws.ses'),
  detail: z.object({
    mail: z.object({
      tags: z.object({ organizationId: z.tuple([OrganizationId]), userId: z.tuple([UserId]) }),
    }),
    bounce: z.optional(z.object({ bounceType: z.string(), bouncedRecipients: recipients })),
    complaint: z.optional(z.object({ complainedRecipients: recipients })),
  }),
});

/** The domain event of support access in an emergency, by way of EventBridge; see `DomainEvent`. */
const EmergencyEvent = z.object({
  'detail-type': z.literal('support-access.emergency-opened'),
  detail: z.object({
    organizationId: OrganizationId,
    resource: z.string().check(z.startsWith('supportAccess/')),
  }),
});

/** The domain event of a webhook that was paused by the sender. */
const PauseEvent = z.object({
  'detail-type': z.literal('webhook.paused'),
  detail: z.object({
    id: z.string(),
    organizationId: OrganizationId,
    resource: z.string().check(z.startsWith('webhook/')),
  }),
});

/** The maximum time for an email and its row in the table. */
const leastMs = 15_000;
const firstPauseMs = 500;
/** Four shards running at once stay below 14 emails per second, SES's initial limit for an account. */
const gapMs = 300;

let lastSentAt = 0;
async function paced(mail: Mail): Promise<Sending> {
  await setTimeout(Math.max(0, lastSentAt + gapMs - Date.now()));
  lastSentAt = Date.now();
  return await send(mail);
}

const pause = (attempt: number): Promise<void> => setTimeout(firstPauseMs * 4 ** (attempt - 1));
const clock = () => new Date();

async function posting() {
  const key = await secret(MAIL_SECRET_ID);
  const unsubscribeAt = (whose: Unsubscribing) =>
    `${APP_ORIGIN}/api/unsubscribe?token=${sealUnsubscribing(whose, key, clock())}`;
  return { send: paced, pause, links: { origin: APP_ORIGIN, unsubscribeAt } };
}

/** Sends what is due now in one shard of the organizations. */
async function run({ shard }: z.infer<typeof Shard>, context: Context): Promise<object> {
  const figures = await sendReminders(
    {
      ...{ directory, open, clock, ...(await posting()) },
      hasTime: () => context.getRemainingTimeInMillis() > leastMs,
      onFailure: (organizationId, error) =>
        logger.error('reminders were not sent', { organizationId, error }),
    },
    { run: context.awsRequestId, shard },
  );
  logger.info('reminders sent', { shard, ...figures });
  if (figures.failures > 0) throw new Error(`reminders of ${figures.failures} organizations were not sent`);
  jobDone('reminders');
  return figures;
}

/**
 * Stops email to an address that doesn't exist, or whose owner complained. Temporary failures are ignored.
 */
async function hear({ id, detail }: z.infer<typeof MailEvent>): Promise<object> {
  const { bounce, complaint, mail } = detail;
  const [organizationId] = mail.tags.organizationId;
  const [userId] = mail.tags.userId;
  const lost = bounce?.bounceType === 'Permanent' ? bounce.bouncedRecipients : [];
  const because = complaint === undefined ? 'bounced' : 'complained';
  const outcomes: string[] = [];
  for (const { emailAddress: address } of complaint?.complainedRecipients ?? lost) {
    const ctx = { scope: open(organizationId), actor: systemActor('mail', id), now: new Date() };
    outcomes.push(await stopMail(ctx, { userId, address, because }));
  }
  logger.info('told of a mail', { organizationId, because, outcomes });
  return { outcomes };
}

/** Tells an organization's admins of support access that was opened without their consent. */
async function notify(
  { detail: { organizationId, resource } }: z.infer<typeof EmergencyEvent>,
  { awsRequestId }: Context,
): Promise<object> {
  const supportAccessId = SupportAccessId.parse(resource.slice('supportAccess/'.length));
  const figures = await sendEmergencyNotice(
    {
      ...{ scope: open(organizationId), origin: APP_ORIGIN, now: new Date() },
      ...{ send: paced, pause, run: awsRequestId },
    },
    { organizationId, supportAccessId },
  );
  logger.info('emergency notice sent', { organizationId, supportAccessId, ...figures });
  return figures;
}

/** Tells an organization's admins of a webhook that was paused. */
async function report({ detail }: z.infer<typeof PauseEvent>, { awsRequestId }: Context): Promise<object> {
  const { id: changeId, organizationId, resource } = detail;
  const webhookId = WebhookId.parse(resource.slice('webhook/'.length));
  const mails = await reportPause(
    open(organizationId),
    { webhookId, changeId, run: awsRequestId },
    { ...(await posting()), now: clock() },
  );
  logger.info('a paused webhook was reported', { organizationId, webhookId, mails });
  return { mails };
}

/**
 * The hourly runs, see `sendReminders`; SES events about sent emails; and what admins are told of at once:
 * support access in an emergency, and webhooks that were paused.
 */
export const handler = async (event: unknown, context: Context): Promise<object> => {
  logger.addContext(context);
  const [told, emergency] = [MailEvent.safeParse(event), EmergencyEvent.safeParse(event)];
  if (told.success) return await hear(told.data);
  if (emergency.success) return await notify(emergency.data, context);
  const paused = PauseEvent.safeParse(event);
  return paused.success ? await report(paused.data, context) : await run(Shard.parse(event), context);
};
