import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { entitlements } from '../subscription/catalogue.ts';
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

// A host name of letters, digits and hyphens (RFC 1123) with at least one dot; other scripts in their `xn--` form.
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** A mail domain, lower-cased: the part of an address after its `@`. */
const mailDomain = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => text.trim().toLowerCase()),
  ),
  z.string().check(z.maxLength(253), z.regex(hostName, 'must be a mail domain like example.com')),
);

/** The mail domains that invitations may go to, each once; none means any. */
const AllowedDomains = z.pipe(
  z.array(mailDomain).check(z.maxLength(20, 'must be at most 20 domains')),
  z.transform((domains: string[]) => [...new Set(domains)]),
);

/** Facts that other systems keep with an organization: at most 20, each with a name and a value of its own. */
const Metadata = z
  .record(
    z.string().check(z.regex(/^[\w.-]{1,40}$/, 'must be named in letters, digits, ".", "_", "-"')),
    line(200),
  )
  .check(z.refine((facts) => Object.keys(facts).length <= 20, 'must be at most 20 facts'));

/** The seed's organization as the API shows it. `revision` is also its ETag. */
export const Organization = z.object({
  id: OrganizationId,
  name: z.string(),
  contactPerson: ShownContactPerson,
  status: OrganizationStatus,
  /** Why it is inactive, in the words of who made it so. */
  inactiveReason: z.optional(z.string()),
  subscription: Subscription,
  /** Mail domains that invitations may go to; empty: any. */
  allowedDomains: z._default(z.array(z.string()), []),
  /** What another system calls it; no two organizations have the same. */
  externalId: z.optional(z.string()),
  metadata: z._default(z.record(z.string(), z.string()), {}),
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
  .strictObject({
    name: z.optional(line(120)),
    contactPerson: z.optional(ContactPerson),
    allowedDomains: z.optional(AllowedDomains),
    metadata: z.optional(Metadata),
  })
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
      entitlement: z.enum(entitlements),
      used: z.int(),
      allowed: z.int(),
    }),
  ),
  revision: z.int(),
});
export type PlanChange = z.infer<typeof PlanChange>;

export const PlanChangeQuery = z.strictObject({ dryRun: z._default(z.stringbool(), false) });
