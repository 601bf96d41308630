import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { Subscription } from '../subscription/subscription.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

const OrganizationStatus = z.enum(['active', 'inactive']);

/** Shown as stored: rules for new input must not hide existing data. */
const ShownContactPerson = z.object({ name: z.string(), email: z.string(), phone: z.optional(z.string()) });

/** The languages that mail is written in. */
export const MailLanguage = z.enum(['en', 'de']);
export type MailLanguage = z.infer<typeof MailLanguage>;

/**
 * An organization's reminder settings, if turned on: the time zone in whose morning they are sent, and the
 * default language for users who haven't chosen one.
 */
export const MailPlan = z.object({ timeZone: z.string(), language: MailLanguage });
export type MailPlan = z.infer<typeof MailPlan>;

/** The seed's organization as the API shows it. `revision` is also its ETag. */
export const Organization = z.object({
  id: OrganizationId,
  name: z.string(),
  contactPerson: ShownContactPerson,
  status: OrganizationStatus,
  /** Why it is suspended, as entered by the super admin. */
  inactiveReason: z.optional(z.string()),
  /** When it was frozen because it is leaving; nothing in it can be changed. */
  frozenAt: z.optional(timestamp),
  /** Until then its departure can be undone; afterwards its data may be deleted. */
  deletionFrom: z.optional(timestamp),
  subscription: Subscription,
  /** Email domains that invitations may go to; empty: any. */
  allowedDomains: z._default(z.array(z.string()), []),
  /** The reminder settings; undefined if turned off. */
  reminders: z.optional(MailPlan),
  /** Its unique id in another system. */
  externalId: z.optional(z.string()),
  metadata: z._default(z.record(z.string(), z.string()), {}),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.optional(UpdatedBy),
});
export type Organization = z.infer<typeof Organization>;
