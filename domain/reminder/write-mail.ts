import type { OrganizationId, UserId } from '../ids.ts';
import { byNeed, isDue, standOf } from '../kpi/due.schema.ts';
import type { Kpi } from '../kpi/kpi.schema.ts';
import { kpiStatuses } from '../kpi/kpi-status.schema.ts';
import type { MailLanguage } from '../organization/profile.schema.ts';
import type { SupportMode } from '../support-access/support-access.schema.ts';
import type { PauseReason } from '../webhook/webhook.schema.ts';
import { mailTexts } from './mail.text.ts';
import type { MailKind, SentKind } from './mail-settings.schema.ts';

/** An email as sent. */
export interface Mail {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly mail: SentKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The URL that turns this kind of email off, by POST without a session (RFC 8058); none for a notice. */
  readonly unsubscribeAt?: string;
}

/** A line of an email: a linked name, and its description. */
interface Line {
  readonly name: string;
  readonly says: string;
  readonly at: string;
  readonly action: string;
}

/** The content of an email. */
interface Letter {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly lines: readonly Line[];
  readonly after: readonly string[];
  readonly why: string;
  /** Links in the footer. */
  readonly links: readonly (readonly [text: string, at: string])[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The text version, for clients that show no HTML. */
const plainText = ({ title, paragraphs, lines, after, why, links }: Letter): string =>
  [
    title,
    ...paragraphs,
    ...lines.map(({ name, says, at, action }) => `${name}\n${says}\n${action}: ${at}`),
    ...after,
    ['--', why, ...links.map(([name, at]) => `${name}: ${at}`)].join('\n'),
  ].join('\n\n');

const paragraph = (text: string, style = '') =>
  `<p dir="auto" style="margin:0 0 12px;${style}">${escaped(text)}</p>`;
const quiet = 'color:#5c5f66;font-size:13px';
const link = (text: string, at: string, style: string) =>
  `<a href="${escaped(at)}" style="${style}">${escaped(text)}</a>`;
const button =
  'display:inline-block;padding:6px 14px;border-radius:6px;background:#1c4fd6;color:#fff;text-decoration:none';

// Styles are inline, since many clients drop style sheets. There are no images and no tracking.
const html = (language: MailLanguage, letter: Letter): string => {
  const { title, paragraphs, lines, after, why, links } = letter;
  const rows = lines.map(
    ({ name, says, at, action }) =>
      `<tr><td style="padding:12px 12px 12px 0;border-top:1px solid #dee2e6"><div dir="auto" style="font-weight:600;overflow-wrap:anywhere">${escaped(name)}</div><div style="${quiet}">${escaped(says)}</div></td><td style="padding:12px 0;border-top:1px solid #dee2e6;text-align:right;white-space:nowrap">${link(action, at, button)}</td></tr>`,
  );
  const foot = links.map(([name, at]) => link(name, at, 'color:#5c5f66')).join(' · ');
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body style="margin:0;padding:24px;background:#fff;color:#1f2329;font:15px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:0 auto"><h1 dir="auto" style="margin:0 0 16px;font-size:20px;overflow-wrap:anywhere">${escaped(title)}</h1>${paragraphs.map((one) => paragraph(one)).join('')}<table role="presentation" style="width:100%;border-collapse:collapse;margin:0 0 16px">${rows.join('')}</table>${after.map((one) => paragraph(one)).join('')}<div style="${quiet};border-top:1px solid #dee2e6;padding-top:12px">${paragraph(why, quiet)}<p style="margin:0">${foot}</p></div></div></body></html>`;
};

/** Where links in emails lead. */
export interface MailLinks {
  /** The app's origin. */
  readonly origin: string;
  readonly unsubscribeAt: (whose: {
    readonly organizationId: OrganizationId;
    readonly userId: UserId;
    readonly mail: MailKind;
  }) => string;
}

/** The recipient. */
export interface Recipient {
  readonly organization: { readonly id: OrganizationId; readonly name: string };
  readonly userId: UserId;
  readonly email: string;
  readonly language: MailLanguage;
}

type Said = Pick<Letter, 'title' | 'paragraphs' | 'lines' | 'after' | 'why'>;

/** An email with the footer that all of them share. */
function mailTo(
  { organization, userId, email, language }: Recipient,
  { mail, subject, said }: { readonly mail: MailKind; readonly subject: string; readonly said: Said },
  links: MailLinks,
): Mail {
  const texts = mailTexts[language];
  const organizationId = organization.id;
  const unsubscribeAt = links.unsubscribeAt({ organizationId, userId, mail });
  const foot = [
    [texts.settings, `${links.origin}/account`],
    [texts.unsubscribe[mail], unsubscribeAt],
  ] as const;
  const letter = { ...said, links: foot };
  const body = { text: plainText(letter), html: html(language, letter) };
  return { organizationId, userId, mail, to: email, subject, ...body, unsubscribeAt };
}

/** What a notice of support access in an emergency says. */
interface Emergency {
  readonly operatorName?: string | undefined;
  readonly reason: string;
  readonly mode: SupportMode;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** The email to an admin about support access that was opened without their consent. */
export function emergencyMail(
  { organization: { id: organizationId, name }, userId, email, language }: Recipient,
  { operatorName, reason, mode, from, until }: Emergency,
  { origin, timeZone }: { readonly origin: string; readonly timeZone: string },
): Mail {
  const { emergency } = mailTexts[language];
  const time = new Intl.DateTimeFormat(language, {
    ...{ timeZone, year: 'numeric', month: 'short', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  });
  const at = (text: string | undefined) => (text === undefined ? '' : time.format(new Date(text)));
  const letter = {
    title: emergency.title(name),
    paragraphs: [
      emergency.opened(operatorName ?? emergency.someone, at(from)),
      emergency.until(mode, at(until)),
    ],
    lines: [
      {
        name: emergency.reason,
        says: reason,
        at: `${origin}/organizations/${organizationId}/support-access`,
        action: emergency.see,
      },
    ],
    after: [emergency.end],
    why: emergency.why,
    links: [],
  };
  const body = { text: plainText(letter), html: html(language, letter) };
  return { organizationId, userId, mail: 'emergency', to: email, subject: emergency.subject(name), ...body };
}

/** How many KPIs an email lists. */
const mostLines = 20;

/** A value in the reader's locale, with its unit. */
const written = (language: MailLanguage, value: number, unit: string): string =>
  `${value.toLocaleString(language, { maximumSignificantDigits: 15 })} ${unit}`;

const pageOf = ({ origin }: MailLinks, { organizationId, id }: Kpi): string =>
  `${origin}/organizations/${organizationId}/kpis/${id}`;

/** The KPI's latest value, and its day. */
function latestOf(language: MailLanguage, { latest, unit }: Kpi): string {
  const { reminders } = mailTexts[language];
  if (latest === null) return reminders.never;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return reminders.last(written(language, latest.value, unit), day.format(new Date(latest.at)));
}

/** The daily email: the user's due check-ins, each linked to its form. */
export function reminderMail(recipient: Recipient, due: readonly Kpi[], links: MailLinks): Mail {
  const { organization, language } = recipient;
  const { reminders } = mailTexts[language];
  const lines = due.slice(0, mostLines).map((kpi) => ({
    name: kpi.name,
    says: latestOf(language, kpi),
    at: `${pageOf(links, kpi)}?dialog=check-in`,
    action: reminders.checkIn,
  }));
  const rest = due.length - lines.length;
  return mailTo(
    recipient,
    {
      mail: 'reminders',
      subject: reminders.subject(due.length, due[0]?.name ?? ''),
      said: {
        title: reminders.title(organization.name),
        paragraphs: [reminders.intro],
        lines,
        after: rest > 0 ? [reminders.more(rest)] : [],
        why: reminders.why,
      },
    },
    links,
  );
}

/** What a digest contains. */
interface Overseen {
  readonly kpis: readonly Kpi[];
  /** How many users can't be sent email; 0 if the reader may not know. */
  readonly stopped: number;
}

/** The weekly email: the state of the KPIs that the user oversees, those that need most attention first. */
export function digestMail(
  recipient: Recipient,
  { kpis, stopped }: Overseen,
  links: MailLinks,
  now: Date,
): Mail {
  const { organization, language } = recipient;
  const { digest, reminders } = mailTexts[language];
  const { kpis: counts } = standOf(kpis, now);
  const due = kpis.filter((kpi) => isDue(kpi, now));
  const needing = kpis
    .filter((kpi) => kpi.status === 'off_track' || kpi.status === 'at_risk' || isDue(kpi, now))
    .sort(byNeed(now));
  const lines = needing.slice(0, mostLines).map((kpi) => ({
    name: kpi.name,
    says: `${digest.statuses[kpi.status]} · ${latestOf(language, kpi)}`,
    at: pageOf(links, kpi),
    action: digest.open,
  }));
  const rest = needing.length - lines.length;
  const stand = kpiStatuses.filter((status) => counts[status] > 0);
  return mailTo(
    recipient,
    {
      mail: 'digest',
      subject: digest.subject(organization.name),
      said: {
        title: digest.title(organization.name),
        paragraphs: [
          stand.map((status) => `${counts[status]} ${digest.statuses[status]}`).join(' · '),
          ...(due.length > 0 ? [digest.due(due.length)] : []),
          ...(needing.length === 0 ? [digest.fine] : []),
          ...(stopped > 0 ? [digest.stopped(stopped)] : []),
        ],
        lines,
        after: rest > 0 ? [reminders.more(rest)] : [],
        why: digest.why,
      },
    },
    links,
  );
}

/** A webhook that the sender has paused. */
export interface PausedWebhook {
  readonly webhookId: string;
  readonly name: string;
  readonly url: string;
  readonly pausedBecause: PauseReason;
}

/** The email about a paused webhook. Of its URL only the host: the rest may contain a secret. */
export function webhookMail(
  recipient: Recipient,
  { webhookId, name, url, pausedBecause }: PausedWebhook,
  links: MailLinks,
): Mail {
  const { organization, language } = recipient;
  const { subject, title, because, kept, open: action, why } = mailTexts[language].webhooks;
  const at = `${links.origin}/organizations/${organization.id}/webhooks/${webhookId}`;
  const said = {
    title: title(organization.name),
    paragraphs: [because[pausedBecause], kept],
    lines: [{ name, says: new URL(url).host, at, action }],
    after: [],
    why,
  };
  return mailTo(recipient, { mail: 'webhooks', subject: subject(name), said }, links);
}
