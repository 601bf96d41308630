import * as z from 'zod/mini';
import { UserId } from '../ids.ts';
import { MailLanguage } from '../organization/profile.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { timestamp } from '../time.schema.ts';

/** What is sent: when check-ins are due, and once a week how things stand. */
export const mailKinds = ['reminders', 'digest'] as const;
export type MailKind = (typeof mailKinds)[number];

const MailStop = z.enum(['bounced', 'complained']);
export type MailStop = z.infer<typeof MailStop>;

/** Whether mail goes out at all, and if not, whose decision that is. */
const MailSending = z.enum(['on', 'organization_off', 'unavailable']);
export type MailSending = z.infer<typeof MailSending>;

/** One person's mail settings. */
export const MailSettings = z.object({
  userId: UserId,
  /** An email on days on which check-ins are due. */
  reminders: z.boolean(),
  /** An email on Mondays, for those who lead teams and for admins. */
  digest: z.boolean(),
  language: MailLanguage,
  /** Why no email is sent to their present address. */
  stopped: z.nullable(z.object({ because: MailStop, at: timestamp })),
  /** Of the organization, and of the stage. */
  sending: MailSending,
  /** 0 until something is chosen. */
  revision: z.int(),
});
export type MailSettings = z.infer<typeof MailSettings>;

/** What somebody changes of it. `stopped: null` has emails sent to the address again. */
export const MailSettingsChange = z
  .strictObject({
    reminders: z.optional(z.boolean()),
    digest: z.optional(z.boolean()),
    language: z.optional(MailLanguage),
    stopped: z.optional(z.null()),
  })
  .check(changesSomething);
export type MailSettingsChange = z.infer<typeof MailSettingsChange>;
