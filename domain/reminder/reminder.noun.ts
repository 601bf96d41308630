import type { UserId } from '../ids.ts';
import type { MailLanguage } from '../organization/profile.schema.ts';
import { flag, item, noun, number, optional, text } from '../table/item.ts';
import type { MailKind, MailStop } from './mail-settings.schema.ts';

/** What somebody has chosen of their mail. Who hasn't chosen anything yet has none. */
export const MailSettingsItem = item({
  name: 'mailSettings',
  key: ['{organizationId}#mail-settings', '{userId}'],
  attributes: {
    userId: text<UserId>(),
    reminders: flag(),
    digest: flag(),
    language: optional(text<MailLanguage>()),
    /** Why nothing is sent to an address: it bounced, or its owner complained. Another address is sent to. */
    stoppedBecause: optional(text<MailStop>()),
    stoppedAt: optional(text()),
    stoppedAddress: optional(text()),
  },
  trail: {
    actions: ['mail-settings.updated', 'mail-settings.unsubscribed', 'mail-settings.stopped'],
    undo: {
      'mail-settings.updated': 'never: kind',
      'mail-settings.unsubscribed': 'never: kind',
      'mail-settings.stopped': 'never: kind',
    },
    shows: ['userId', 'reminders', 'digest', 'language', 'stoppedBecause'],
    hides: ['stoppedAt', 'stoppedAddress'],
  },
});

/**
 * That a mail was about to be sent: put before it is, once for a person, a kind and a day, so that none is
 * sent twice.
 */
export const MailSentItem = item({
  name: 'mailSent',
  exported: 'never',
  key: ['{organizationId}#mail-sent', '{day}#{mail}#{userId}'],
  attributes: {
    /** In the organization's time zone, `yyyy-mm-dd`. */
    day: text(),
    mail: text<MailKind>(),
    userId: text<UserId>(),
    /** The run that put it, and alone may take it back. */
    run: text(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
});

/** That all mail of a day was sent: later runs of the day have nothing to do. */
export const MailDayItem = item({
  name: 'mailDay',
  exported: 'never',
  key: ['{organizationId}#mail-day', '{day}'],
  attributes: {
    day: text(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
});

export const reminderNoun = noun({
  name: 'reminder',
  subjects: ['MailSettings'],
  items: [MailSettingsItem, MailSentItem, MailDayItem],
});
