import * as z from 'zod/mini';
import { UserId } from '../ids.ts';
import { MailLanguage } from '../organization/profile.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { timestamp } from '../time.schema.ts';

/** The kinds of email: reminders of due check-ins, a weekly digest, and webhooks that were paused. */
export const mailKinds = ['reminders', 'digest', 'webhooks'] as const;
export type MailKind = (typeof mailKinds)[number];
/** All that is sent: the notice of support access in an emergency can't be turned off. */
export type SentKind = MailKind | 'emergency';

const MailStop = z.enum(['bounced', 'complained']);
export type MailStop = z.infer<typeof MailStop>;

/**
 * Whether email is sent. `organization_off`: no reminders and no digest. `unavailable`: the stage sends
 * nothing.
 */
const MailSending = z.enum(['on', 'organization_off', 'unavailable']);
export type MailSending = z.infer<typeof MailSending>;

/** One user's email settings. */
export const MailSettings = z.object({
  userId: UserId,
  /** An email on days with due check-ins. */
  reminders: z.boolean(),
  /** An email on Mondays, for team leaders and admins. */
  digest: z.boolean(),
  /** An email to admins when a webhook is paused because its target fails. */
  webhooks: z.boolean(),
  language: MailLanguage,
  /** Why no email is sent to their current address. */
  stopped: z.nullable(z.object({ because: MailStop, at: timestamp })),
  /** Set by the organization and by the stage. */
  sending: MailSending,
  /** 0 until the user changes a setting. */
  revision: z.int(),
});
export type MailSettings = z.infer<typeof MailSettings>;

/** A user's changes to them. `stopped: null` resumes email to the address. */
export const MailSettingsChange = z
  .strictObject({
    reminders: z.optional(z.boolean()),
    digest: z.optional(z.boolean()),
    webhooks: z.optional(z.boolean()),
    language: z.optional(MailLanguage),
    stopped: z.optional(z.null()),
  })
  .check(changesSomething);
export type MailSettingsChange = z.infer<typeof MailSettingsChange>;
