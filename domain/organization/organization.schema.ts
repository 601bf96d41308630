import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { Subscription, SubscriptionInput } from '../subscription/subscription.schema.ts';
import { emailAddress, line, timestamp } from '../text.schema.ts';

const OrganizationStatus = z.enum(['active', 'inactive']);

export const ContactPerson = z.strictObject({
  name: line(120),
  email: emailAddress,
  phone: z.optional(line(40)),
});

/** What was taken once is shown as it is: rules for new input are no reason to hide what is there. */
const ShownContactPerson = z.object({ name: z.string(), email: z.string(), phone: z.optional(z.string()) });

/** The seed's organization as the API shows it. `revision` is also its ETag. */
export const Organization = z.object({
  id: OrganizationId,
  name: z.string(),
  contactPerson: ShownContactPerson,
  status: OrganizationStatus,
  /** Why it is inactive, in the words of who made it so. */
  inactiveReason: z.optional(z.string()),
  subscription: Subscription,
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Organization = z.infer<typeof Organization>;

/** What every member of an organization may see of it. */
export const OrganizationSummary = z.pick(Organization, { id: true, name: true, status: true });
export type OrganizationSummary = z.infer<typeof OrganizationSummary>;

/** Exact counts, kept in the same transaction as what they count. */
export const OrganizationCounts = z.object({
  users: z.int(),
  pendingInvitations: z.int(),
  teams: z.int(),
  kpis: z.int(),
});
export type OrganizationCounts = z.infer<typeof OrganizationCounts>;

/** A row of the super admin's list, and the head of the detail page. */
export const OrganizationWithCounts = z.extend(Organization, { counts: OrganizationCounts });
export type OrganizationWithCounts = z.infer<typeof OrganizationWithCounts>;

export const OrganizationListQuery = z.extend(pageQuery, { search: z.optional(line(120)) });
export const OrganizationPage = page(OrganizationWithCounts);

/** What the super admin fills in to create an organization and invite its first admin. */
export const NewOrganization = z.strictObject({
  name: line(120),
  contactPerson: ContactPerson,
  subscription: SubscriptionInput,
  firstAdmin: z.strictObject({ name: line(120), email: emailAddress }),
});
export type NewOrganization = z.infer<typeof NewOrganization>;

/** What the super admin may change of an organization's profile. */
export const OrganizationChange = z
  .strictObject({ name: z.optional(line(120)), contactPerson: z.optional(ContactPerson) })
  .check(z.refine((change) => Object.keys(change).length > 0, 'must change something'));
export type OrganizationChange = z.infer<typeof OrganizationChange>;

/** Why an organization is suspended: read by its super admins, and in the audit trail. */
export const Deactivation = z.strictObject({ reason: line(500) });

/** What a change of subscription comes to. `exceeded` is kept as it is, but nothing more of it can be added. */
export const PlanChange = z.object({
  /** False for a dry run. */
  applied: z.boolean(),
  subscription: Subscription,
  exceeded: z.array(
    z.object({
      entitlement: z.enum(['seats', 'teams', 'kpis']),
      used: z.int(),
      allowed: z.int(),
    }),
  ),
  revision: z.int(),
});
export type PlanChange = z.infer<typeof PlanChange>;

export const PlanChangeQuery = z.strictObject({ dryRun: z._default(z.stringbool(), false) });
