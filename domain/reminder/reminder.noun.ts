import type { UserId } from '../ids.ts';
import type { MailLanguage } from '../organization/profile.schema.ts';
import { acts, flag, item, noun, optional, text, timeToLive } from '../table/item.ts';
import type { MailStop, SentKind } from './mail-settings.schema.ts';

/** A user's email settings. Users who haven't changed any have none. */
export const MailSettingsItem = item({
  name: 'mailSettings',
  key: ['{organizationId}#mail-settings', '{userId}'],
  shown: {
    userId: text<UserId>(),
    reminders: flag(),
    digest: flag(),
    /** Missing in settings of earlier versions: on. */
    webhooks: optional(flag()),
    language: optional(text<MailLanguage>()),
    /**
     * Why nothing is sent to an address: it bounced, or its owner complained. A new address isn't affected.
     */
    stoppedBecause: optional(text<MailStop>()),
  },
  hidden: {
    stoppedAt: optional(text()),
    stoppedAddress: optional(text()),
  },
  trail: {
    unstampedNoun: 'mail-settings',
    ...acts({
      'never: kind': [
        'mail-settings.updated',
        'mail-settings.unsubscribed',
        'mail-settings.stopped',
        'mail-settings.deleted',
      ],
    }),
  },
});

/**
 * Marks an email as about to be sent, once per user, kind and day, or once per pause of a webhook. It is
 * written first, so that no email is sent twice.
 */
export const MailSentItem = item({
  name: 'mailSent',
  exported: 'never',
  key: ['{organizationId}#mail-sent', '{day}#{mail}#{userId}'],
  attributes: {
    /** In the organization's time zone, `yyyy-mm-dd`; for a notice, the id of what it is about. */
    day: text(),
    mail: text<SentKind>(),
    userId: text<UserId>(),
    /** The run that wrote it; only that run may remove it. */
    run: text(),
    expiresAt: timeToLive(),
  },
});

/** Marks a day's email as complete, so that later runs of the day skip it. */
export const MailDayItem = item({
  name: 'mailDay',
  exported: 'never',
  key: ['{organizationId}#mail-day', '{day}'],
  attributes: {
    day: text(),
    expiresAt: timeToLive(),
  },
});

export const reminderNoun = noun({
  name: 'reminder',
  subjects: ['MailSettings'],
  items: [MailSettingsItem, MailSentItem, MailDayItem],
});
