import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { BusEvent } from './event-bridge.ts';
import type { AwsService } from './http/endpoint.ts';
import { AwsError, jsonBody, notImplemented } from './http/messages.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { AwsResources } from './resources.ts';

const sentMail = z.object({
  id: z.string(),
  sentAt: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
});
/** An email as its recipient would see it. */
export type SentMail = z.infer<typeof sentMail>;

/** The sent emails, in a file. */
export interface Mailbox {
  add(mail: SentMail): void;
  /** Newest first. */
  mails(): readonly SentMail[];
}

/** Opens the emails of a state directory. A line cut off by a kill is skipped. */
export function openMailbox(stateDirectory: string): Mailbox {
  const folder = join(stateDirectory, 'ses');
  const file = join(folder, 'mails.jsonl');
  mkdirSync(folder, { recursive: true });
  const kept = linesOf(file);
  return {
    add(mail) {
      appendFileSync(file, `${JSON.stringify(mail)}\n`);
      kept.unshift(mail);
    },
    mails: () => kept,
  };
}

function linesOf(file: string): SentMail[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .flatMap((line) => {
      try {
        return [sentMail.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    })
    .reverse();
}

interface SesOptions extends Readonly<AwsResources['mail']> {
  readonly account: string;
  readonly region: string;
  readonly authorize: Authorize;
  readonly mailbox: Mailbox;
  /** Sends an event of the default bus to the targets of matching rules. */
  readonly take: (bus: string, event: BusEvent) => void;
}

const content = z.strictObject({ Data: z.string().min(1), Charset: z.literal('UTF-8') });
const sendEmail = z.strictObject({
  FromEmailAddress: z.string(),
  Destination: z.strictObject({ ToAddresses: z.tuple([z.string()]) }),
  ConfigurationSetName: z.string(),
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: content,
      Body: z.strictObject({ Text: content, Html: content }),
      Headers: z
        .array(z.strictObject({ Name: z.string().regex(/^[!-9;-~]{1,126}$/), Value: z.string().max(870) }))
        .max(15)
        .default([]),
    }),
  }),
  EmailTags: z
    .array(z.strictObject({ Name: z.string(), Value: z.string().regex(/^[\w.@-]{1,256}$/) }))
    .max(50)
    .default([]),
});
type SendEmail = z.infer<typeof sendEmail>;

/** As in `Name <address>`. */
const addressIn = (from: string): string => (/<([^>]+)>$/.exec(from)?.[1] ?? from).toLowerCase();

/**
 * SES's mailbox simulator addresses. `busy@` and `broken@` are ours: they make SES throttle, or return 500.
 * Source: Amazon SES Developer Guide, "Using the mailbox simulator".
 */
const simulator = 'simulator.amazonses.com';

/**
 * SendEmail of a simple email to one address, from an identity of the template: into this machine's outbox.
 * Source: Amazon SES API v2 Reference, SendEmail.
 */
export const ses = (options: SesOptions): AwsService => ({
  protocol: 'rest-json',
  async handle(request, caller) {
    const { account, region, identities, configurationSets, authorize, mailbox } = options;
    const operation = `${request.method} ${request.url.pathname}`;
    if (operation !== 'POST /v2/email/outbound-emails') throw notImplemented('ses', operation);
    const parsed = sendEmail.safeParse(jsonBody(request));
    if (!parsed.success) throw new AwsError('BadRequestException', parsed.error.message);
    const mail = parsed.data;
    const from = addressIn(mail.FromEmailAddress);
    const domain = from.slice(from.indexOf('@') + 1);
    const arn = (resource: string) => `arn:aws:ses:${region}:${account}:${resource}`;
    for (const resource of [`identity/${domain}`, `configuration-set/${mail.ConfigurationSetName}`])
      await authorize(caller, {
        action: 'ses:SendEmail',
        resource: arn(resource),
        context: { 'ses:FromAddress': from },
      });
    if (!identities.includes(domain))
      throw new AwsError('MailFromDomainNotVerifiedException', `${domain} is not verified.`);
    if (!configurationSets.includes(mail.ConfigurationSetName))
      throw new AwsError('NotFoundException', `No configuration set ${mail.ConfigurationSetName}.`, 404);
    const [to] = mail.Destination.ToAddresses;
    if (to === `busy@${simulator}`)
      throw new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', 429);
    if (to === `broken@${simulator}`) throw new AwsError('InternalFailure', 'Try again.', 500);
    const id = randomUUID();
    mailbox.add(sentFrom(mail, id));
    tell(mail, id, options);
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ MessageId: id }),
    };
  },
});

const sentFrom = (
  { FromEmailAddress: from, Destination, Content: { Simple } }: SendEmail,
  id: string,
): SentMail => ({
  ...{ id, from, sentAt: new Date().toISOString(), to: Destination.ToAddresses[0] },
  subject: Simple.Subject.Data,
  text: Simple.Body.Text.Data,
  html: Simple.Body.Html.Data,
  headers: Object.fromEntries(Simple.Headers.map(({ Name, Value }) => [Name, Value])),
});

/** Puts the event for an email to a simulator address on the default bus. */
function tell(mail: SendEmail, messageId: string, { told, account, region, take }: SesOptions): void {
  const [to] = mail.Destination.ToAddresses;
  const emailAddress = to.toLowerCase();
  const [name, domain] = emailAddress.split('@');
  if (domain !== simulator || !told.includes(mail.ConfigurationSetName)) return;
  const now = new Date().toISOString();
  const what =
    name === 'complaint'
      ? { eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress }], timestamp: now } }
      : name?.startsWith('bounce')
        ? {
            eventType: 'Bounce',
            bounce: {
              bounceType: 'Permanent',
              bounceSubType: 'General',
              bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1' }],
              timestamp: now,
            },
          }
        : undefined;
  if (what === undefined) return;
  const tags = Object.fromEntries(mail.EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  take('default', {
    ...{ version: '0', id: randomUUID(), account, region, source: 'aws.ses', time: now, resources: [] },
    'detail-type': what.eventType === 'Bounce' ? 'Email Bounced' : 'Email Complaint Received',
    detail: {
      ...what,
      mail: {
        ...{ timestamp: now, messageId, destination: [to] },
        tags: { ...tags, 'ses:configuration-set': [mail.ConfigurationSetName] },
      },
    },
  });
}
