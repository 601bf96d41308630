import { teamsLed } from '../access/member.ts';
import { isAdmin } from '../access/roles.schema.ts';
import type { OrganizationId } from '../ids.ts';
import { isDue } from '../kpi/due.schema.ts';
import { assigneesOf, type Kpi, teamOf } from '../kpi/kpi.schema.ts';
import { allKpis } from '../kpi/list-kpis.ts';
import { isServed } from '../organization/assert-served.ts';
import type { DirectoryOrganization } from '../organization/organization.schema.ts';
import type { MailPlan } from '../organization/profile.schema.ts';
import {
  type DirectoryPosition,
  directoryPosition,
  organizationsOfShard,
} from '../organization/read-directory.ts';
import { find } from '../table/reads.ts';
import type { ControlPlane, OpenOrganization, OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { allUsers } from '../user/list-users.ts';
import type { User } from '../user/profile.schema.ts';
import { allMailSettings, isStopped, type StoredMailSettings, wants } from './mail-settings.ts';
import { MailDayItem } from './reminder.noun.ts';
import { keptDays, type Posting, sendOnce } from './send-once.ts';
import { digestMail, type Mail, type MailLinks, type Recipient, reminderMail } from './write-mail.ts';

/** What a run needs: the organizations' directory, access to each of them, and a way to send email. */
export interface ReminderDependencies extends Posting {
  readonly directory: ControlPlane;
  readonly open: OpenOrganization;
  readonly links: MailLinks;
  readonly clock: () => Date;
  /** Whether time remains. */
  readonly hasTime: () => boolean;
  /** Called for each organization whose email is incomplete. */
  readonly onFailure: (organizationId: OrganizationId, error: unknown) => void;
}

interface Run {
  /** Identifies the run in the marks that it writes. */
  readonly run: string;
  readonly shard: number;
}

/**
 * The figures of a run. `left` counts organizations that there was no time for; the next run handles them.
 */
export interface ReminderFigures {
  readonly organizations: number;
  readonly mails: number;
  readonly refused: number;
  readonly unknown: number;
  readonly failures: number;
  readonly left: number;
}

/** The hours in which a day's email is sent: later runs complete what the first one left. */
const [firstHour, lastHour] = [8, 11];
const pageSize = 100;

/** The day and hour in a time zone. */
function localTime(now: Date, timeZone: string): { readonly day: string; readonly hour: number } {
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}

/**
 * Whether an organization's users get email now. Closed organizations, and those that are leaving, send
 * none.
 */
function isDueNow(organization: DirectoryOrganization, now: Date): boolean {
  const { reminders, frozenAt } = organization;
  if (reminders === undefined || frozenAt !== undefined || !isServed(organization, now)) return false;
  const { hour } = localTime(now, reminders.timeZone);
  return hour >= firstHour && hour <= lastHour;
}

const none = { organizations: 0, mails: 0, refused: 0, unknown: 0, failures: 0, left: 0 };

/**
 * Sends what is due to the users of one shard's organizations, one organization after another, each with
 * credentials for it alone. An organization without reminders costs only its share of a directory page.
 */
export async function sendReminders(dependencies: ReminderDependencies, run: Run): Promise<ReminderFigures> {
  const { directory, clock, hasTime, onFailure } = dependencies;
  const total = { ...none };
  let position: DirectoryPosition | undefined;
  do {
    const page = await organizationsOfShard(directory, run.shard, position, pageSize);
    for (const organization of page) {
      const { reminders: plan } = organization;
      if (plan === undefined || !isDueNow(organization, clock())) continue;
      if (!hasTime()) {
        total.left += 1;
        continue;
      }
      total.organizations += 1;
      try {
        await writeToPeople(dependencies, { ...run, organization, plan }, total);
      } catch (error) {
        total.failures += 1;
        onFailure(organization.id, error);
      }
    }
    const last = page.length < pageSize ? undefined : page.at(-1);
    position = last && directoryPosition(last);
  } while (position !== undefined);
  return total;
}

type Counted = { -readonly [Name in keyof ReminderFigures]: number };

interface OneOrganization extends Run {
  readonly organization: DirectoryOrganization;
  readonly plan: MailPlan;
}

/** Sends one organization's email of the day, and records that it is complete. */
async function writeToPeople(of: ReminderDependencies, one: OneOrganization, total: Counted): Promise<void> {
  const { organization, plan, run } = one;
  const scope = of.open(organization.id);
  const now = of.clock();
  const { day } = localTime(now, plan.timeZone);
  if ((await find(scope, MailDayItem, { day })) !== null) return;
  const expiresAt = Math.floor(now.getTime() / 1000) + keptDays * 86_400;
  for (const mail of await mailsOf(scope, one, of.links, now)) {
    if (!of.hasTime()) {
      total.left += 1;
      return;
    }
    const sending = await sendOnce(of, scope, { day, run, expiresAt }, mail);
    if (sending === 'sent') total.mails += 1;
    if (sending === 'refused') total.refused += 1;
    if (sending === 'unknown') total.unknown += 1;
    if (sending === 'later') throw new Error('SES takes no mail now');
  }
  await write(scope, replace(scope, MailDayItem, { day, expiresAt }));
}

/** The emails due in an organization today: check-in reminders, and a digest of its KPIs on Mondays. */
async function mailsOf(
  scope: OrganizationScope,
  { organization, plan }: OneOrganization,
  links: MailLinks,
  now: Date,
): Promise<Mail[]> {
  const running: Kpi[] = [];
  const due = new Map<string, Kpi[]>();
  for await (const kpi of allKpis(scope, now)) {
    if (kpi.period.start <= dayOf(now) && dayOf(now) <= kpi.period.end) running.push(kpi);
    if (isDue(kpi, now))
      for (const userId of assigneesOf(kpi)) due.set(userId, [...(due.get(userId) ?? []), kpi]);
  }
  const { day } = localTime(now, plan.timeZone);
  const ofTheWeek = isMonday(day) ? running : [];
  if (due.size === 0 && ofTheWeek.length === 0) return [];
  const [users, settings] = await Promise.all([allUsers(scope), allMailSettings(scope)]);
  const stopped = users.filter((user) => isStopped(user, settings.get(user.userId) ?? null)).length;
  return users.flatMap((user) => {
    const stored = settings.get(user.userId);
    const recipient = recipientOf(organization, plan, user, stored);
    const own = wants(user, stored, 'reminders') ? (due.get(user.userId) ?? []) : [];
    const kpis = wants(user, stored, 'digest') ? overseenBy(user, ofTheWeek) : [];
    const overseen = { kpis, stopped: isAdmin(user.role) ? stopped : 0 };
    return [
      ...(own.length > 0 ? [reminderMail(recipient, own.sort(byAge), links)] : []),
      ...(kpis.length > 0 ? [digestMail(recipient, overseen, links, now)] : []),
    ];
  });
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
const isMonday = (day: string): boolean => new Date(day).getUTCDay() === 1;

/** The KPIs that a user oversees: all for admins, otherwise those of the teams that they lead. */
function overseenBy(user: User, kpis: readonly Kpi[]): readonly Kpi[] {
  if (isAdmin(user.role)) return kpis;
  const led = teamsLed(user);
  return kpis.filter((kpi) => led.includes(teamOf(kpi) ?? ''));
}

const recipientOf = (
  { id, name }: DirectoryOrganization,
  plan: MailPlan,
  { userId, email }: User,
  stored: StoredMailSettings | undefined,
): Recipient => ({
  ...{ organization: { id, name }, userId, email },
  language: stored?.language ?? plan.language,
});

/** Longest waiting first. */
const byAge = (one: Kpi, other: Kpi): number => {
  const rank = ({ latest, id }: Kpi) => `${latest?.at ?? ''} ${id}`;
  return rank(one) < rank(other) ? -1 : 1;
};
