import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { Subscription } from '../subscription/subscription.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

const OrganizationStatus = z.enum(['active', 'inactive']);

/** Shown as it was stored: rules for new input must not hide what is there. */
const ShownContactPerson = z.object({ name: z.string(), email: z.string(), phone: z.optional(z.string()) });

/** The languages that mail is written in. */
export const MailLanguage = z.enum(['en', 'de']);
export type MailLanguage = z.infer<typeof MailLanguage>;

/**
 * What an organization that has turned reminders on has set: in which time zone's morning they are sent, and
 * in which language to those who haven't chosen one.
 */
export const MailPlan = z.object({ timeZone: z.string(), language: MailLanguage });
export type MailPlan = z.infer<typeof MailPlan>;

/** The seed's organization as the API shows it. `revision` is also its ETag. */
export const Organization = z.object({
  id: OrganizationId,
  name: z.string(),
  contactPerson: ShownContactPerson,
  status: OrganizationStatus,
  /** Why it is inactive, in the words of the super admin who suspended it. */
  inactiveReason: z.optional(z.string()),
  /** Since when nobody changes anything in it, because it leaves. */
  frozenAt: z.optional(timestamp),
  /** Until when its leaving can certainly be undone: from then on its data may be deleted. */
  deletionFrom: z.optional(timestamp),
  subscription: Subscription,
  /** Mail domains that invitations may go to; empty: any. */
  allowedDomains: z._default(z.array(z.string()), []),
  /** How its people are reminded by email; absent: not at all. */
  reminders: z.optional(MailPlan),
  /** Its id in another system; no two organizations have the same. */
  externalId: z.optional(z.string()),
  metadata: z._default(z.record(z.string(), z.string()), {}),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.optional(UpdatedBy),
});
export type Organization = z.infer<typeof Organization>;
