import type { KpiStatus } from '../kpi/kpi-status.schema.ts';
import type { MailLanguage } from '../organization/profile.schema.ts';
import type { SupportMode } from '../support-access/support-access.schema.ts';
import type { PauseReason } from '../webhook/webhook.schema.ts';
import type { MailKind } from './mail-settings.schema.ts';

export interface MailTexts {
  readonly reminders: {
    /** @param first the KPI's name if it is only one */
    readonly subject: (count: number, first: string) => string;
    readonly title: (organization: string) => string;
    readonly intro: string;
    readonly never: string;
    readonly last: (value: string, day: string) => string;
    readonly checkIn: string;
    readonly more: (count: number) => string;
    readonly why: string;
  };
  readonly digest: {
    readonly subject: (organization: string) => string;
    readonly title: (organization: string) => string;
    readonly statuses: Readonly<Record<KpiStatus, string>>;
    readonly due: (count: number) => string;
    readonly fine: string;
    /** For admins: the number of addresses that don't accept email. */
    readonly stopped: (count: number) => string;
    readonly open: string;
    readonly why: string;
  };
  /** The notice of support access that was opened without consent. */
  readonly emergency: {
    readonly subject: (organization: string) => string;
    readonly title: (organization: string) => string;
    readonly opened: (operator: string, at: string) => string;
    /** For an operator whose name isn't known. */
    readonly someone: string;
    readonly until: (mode: SupportMode, at: string) => string;
    readonly reason: string;
    readonly see: string;
    readonly end: string;
    readonly why: string;
  };
  readonly webhooks: {
    readonly subject: (name: string) => string;
    readonly title: (organization: string) => string;
    readonly because: Readonly<Record<PauseReason, string>>;
    readonly kept: string;
    readonly open: string;
    readonly why: string;
  };
  readonly settings: string;
  readonly unsubscribe: Readonly<Record<MailKind, string>>;
  readonly page: {
    readonly title: Readonly<Record<MailKind, string>>;
    readonly text: string;
    readonly action: string;
    readonly doneTitle: string;
    readonly done: Readonly<Record<MailKind, string>>;
    readonly invalidTitle: string;
    readonly invalid: string;
    readonly settings: string;
  };
}

/** The text of emails, and of the page that their unsubscribe links open. */
export const mailTexts: Readonly<Record<MailLanguage, MailTexts>> = {
  en: {
    reminders: {
      subject: (count, first) => (count === 1 ? `Check-in due: ${first}` : `${count} check-ins are due`),
      title: (organization) => `Check-ins due in ${organization}`,
      intro: 'A new value is due for:',
      never: 'No value yet',
      last: (value, day) => `Last value ${value}, ${day}`,
      checkIn: 'Check in',
      more: (count) => (count === 1 ? 'and 1 more KPI' : `and ${count} more KPIs`),
      why: 'You’re getting this email because you check in on these KPIs. We send it at most once a day, and only when something is due.',
    },
    digest: {
      subject: (organization) => `This week in ${organization}`,
      title: (organization) => `How KPIs are doing in ${organization}`,
      statuses: { on_track: 'on track', at_risk: 'at risk', off_track: 'off track', no_data: 'no data' },
      due: (count) => (count === 1 ? '1 check-in is overdue.' : `${count} check-ins are overdue.`),
      fine: 'Nothing needs your attention.',
      stopped: (count) =>
        count === 1
          ? 'Emails to 1 person are turned off because an email bounced or was reported as spam. See the audit log for details.'
          : `Emails to ${count} people are turned off because an email bounced or was reported as spam. See the audit log for details.`,
      open: 'Open',
      why: 'You’re getting this email on Mondays because you’re an admin or lead a team.',
    },
    emergency: {
      subject: (organization) => `Emergency support access to ${organization}`,
      title: (organization) => `Support has opened ${organization} in an emergency`,
      opened: (operator, at) =>
        `${operator} from the platform opened your organization on ${at}, without waiting for an admin’s consent.`,
      someone: 'A super admin',
      until: (mode, at) =>
        mode === 'read'
          ? `They can view data, but not change it, until ${at} at the latest.`
          : `They can view and change data until ${at} at the latest.`,
      reason: 'Reason',
      see: 'See what is viewed and changed',
      end: 'You can end or restrict this access at any time. If you didn’t expect it, contact support.',
      why: 'You’re getting this email because you’re an admin of this organization. It can’t be turned off.',
    },
    webhooks: {
      subject: (name) => `Webhook paused: ${name}`,
      title: (organization) => `A webhook is paused in ${organization}`,
      because: {
        failing: 'Nothing could be delivered to it for more than a day.',
        gone: 'Its address responds with 410 Gone.',
      },
      kept: 'Nothing is lost: what it hasn’t received is sent once you resume it.',
      open: 'Open',
      why: 'You’re getting this email because you’re an admin. We send it each time a webhook is paused.',
    },
    settings: 'Email settings',
    unsubscribe: {
      reminders: 'Unsubscribe from reminders',
      digest: 'Unsubscribe from the weekly summary',
      webhooks: 'Unsubscribe from emails about paused webhooks',
    },
    page: {
      title: {
        reminders: 'Unsubscribe from reminders?',
        digest: 'Unsubscribe from the weekly summary?',
        webhooks: 'Unsubscribe from emails about paused webhooks?',
      },
      text: 'You can turn these emails on again in your account.',
      action: 'Unsubscribe',
      doneTitle: 'You’re unsubscribed',
      done: {
        reminders: 'You won’t get reminders of check-ins anymore.',
        digest: 'You won’t get the weekly summary anymore.',
        webhooks: 'You won’t get emails about paused webhooks anymore.',
      },
      invalidTitle: 'This link isn’t valid anymore',
      invalid: 'Sign in and turn these emails off in your account.',
      settings: 'Email settings',
    },
  },
  de: {
    reminders: {
      subject: (count, first) =>
        count === 1 ? `Check-in fällig: ${first}` : `${count} Check-ins sind fällig`,
      title: (organization) => `Fällige Check-ins: ${organization}`,
      intro: 'Ein neuer Wert ist fällig für:',
      never: 'Noch kein Wert',
      last: (value, day) => `Letzter Wert ${value}, ${day}`,
      checkIn: 'Check-in eintragen',
      more: (count) => (count === 1 ? 'und 1 weiterer KPI' : `und ${count} weitere KPIs`),
      why: 'Sie erhalten diese E-Mail, weil Sie für diese KPIs Check-ins eintragen. Wir senden sie höchstens einmal am Tag und nur, wenn etwas fällig ist.',
    },
    digest: {
      subject: (organization) => `Diese Woche: ${organization}`,
      title: (organization) => `So stehen die KPIs: ${organization}`,
      statuses: {
        on_track: 'auf Kurs',
        at_risk: 'gefährdet',
        off_track: 'nicht auf Kurs',
        no_data: 'keine Daten',
      },
      due: (count) => (count === 1 ? '1 Check-in ist überfällig.' : `${count} Check-ins sind überfällig.`),
      fine: 'Es gibt keinen Handlungsbedarf.',
      stopped: (count) =>
        count === 1
          ? 'E-Mails an 1 Person sind ausgeschaltet, weil eine nicht zustellbar war oder als Spam gemeldet wurde. Details finden Sie im Audit-Log.'
          : `E-Mails an ${count} Personen sind ausgeschaltet, weil eine nicht zustellbar war oder als Spam gemeldet wurde. Details finden Sie im Audit-Log.`,
      open: 'Öffnen',
      why: 'Sie erhalten diese E-Mail montags, weil Sie Admin sind oder ein Team leiten.',
    },
    emergency: {
      subject: (organization) => `Supportzugriff im Notfall: ${organization}`,
      title: (organization) => `Der Support hat ${organization} im Notfall geöffnet`,
      opened: (operator, at) =>
        `${operator} von der Plattform hat Ihre Organisation am ${at} geöffnet, ohne die Zustimmung eines Admins abzuwarten.`,
      someone: 'Ein Super-Admin',
      until: (mode, at) =>
        mode === 'read'
          ? `Daten können bis spätestens ${at} gelesen, aber nicht geändert werden.`
          : `Daten können bis spätestens ${at} gelesen und geändert werden.`,
      reason: 'Grund',
      see: 'Ansehen, was gelesen und geändert wird',
      end: 'Sie können diesen Zugriff jederzeit beenden oder einschränken. Wenn Sie ihn nicht erwartet haben, wenden Sie sich an den Support.',
      why: 'Sie erhalten diese E-Mail, weil Sie Admin dieser Organisation sind. Sie lässt sich nicht abbestellen.',
    },
    webhooks: {
      subject: (name) => `Webhook pausiert: ${name}`,
      title: (organization) => `Webhook pausiert: ${organization}`,
      because: {
        failing: 'Seit mehr als einem Tag konnte ihm nichts zugestellt werden.',
        gone: 'Seine Adresse antwortet mit 410 Gone.',
      },
      kept: 'Es geht nichts verloren: Was er nicht erhalten hat, wird gesendet, sobald Sie ihn fortsetzen.',
      open: 'Öffnen',
      why: 'Sie erhalten diese E-Mail, weil Sie Admin sind. Wir senden sie jedes Mal, wenn ein Webhook pausiert wird.',
    },
    settings: 'E-Mail-Einstellungen',
    unsubscribe: {
      reminders: 'Erinnerungen abbestellen',
      digest: 'Wochenübersicht abbestellen',
      webhooks: 'E-Mails über pausierte Webhooks abbestellen',
    },
    page: {
      title: {
        reminders: 'Erinnerungen abbestellen?',
        digest: 'Wochenübersicht abbestellen?',
        webhooks: 'E-Mails über pausierte Webhooks abbestellen?',
      },
      text: 'In Ihrem Konto können Sie diese E-Mails wieder einschalten.',
      action: 'Abbestellen',
      doneTitle: 'Abbestellt',
      done: {
        reminders: 'Sie erhalten keine Erinnerungen an Check-ins mehr.',
        digest: 'Sie erhalten keine Wochenübersicht mehr.',
        webhooks: 'Sie erhalten keine E-Mails über pausierte Webhooks mehr.',
      },
      invalidTitle: 'Dieser Link ist nicht mehr gültig',
      invalid: 'Melden Sie sich an und schalten Sie diese E-Mails in Ihrem Konto aus.',
      settings: 'E-Mail-Einstellungen',
    },
  },
};
