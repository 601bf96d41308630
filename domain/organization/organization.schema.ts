import * as z from 'zod/mini';
import { dryRun } from '../dry-run.schema.ts';
import { fieldError, issueOf, orElse } from '../field-errors.ts';
import { page, pageQuery, queryNumber } from '../page.schema.ts';
import { changesSomething, rule, without } from '../rule.schema.ts';
import {
  allowances,
  entitlements,
  Plan,
  Subscription,
  SubscriptionInput,
} from '../subscription/subscription.schema.ts';
import { emailAddress, line, mailDomain, personName } from '../text.schema.ts';
import { timestamp, timeZone } from '../time.schema.ts';
import { EarlierFacts, Health, Signals } from './health.schema.ts';
import { Stage } from './onboarding.schema.ts';
import { MailLanguage, Organization } from './profile.schema.ts';

export const ContactPerson = z.strictObject({
  name: personName,
  email: emailAddress,
  phone: z.optional(line(40)),
});

/** An organization's name. Its `directoryName`, used for comparing and sorting, must fit into a table key. */
export const OrganizationName = line(120).check(
  z.refine((name) => name.normalize('NFKC').length <= 240, orElse('too_long_written_out')),
);

/** The email domains that invitations may go to, without duplicates; an empty list allows any. */
const AllowedDomains = z.pipe(
  z.array(mailDomain).check(z.maxLength(20, orElse('too_many_domains', { most: 20 }))),
  z.transform((domains: string[]) => [...new Set(domains)]),
);

/** The organization's id in another system: one word of at most 64 characters, case-sensitive. */
const ExternalId = line(64).check(without('\\s', orElse('contains_spaces')));

/**
 * Names of properties that every object inherits: a property of that name would be lost or mistaken for the
 * inherited one.
 */
const inherent = ['__proto__', 'constructor'];
const factName = z.string().check(
  z.regex(/^[\w.-]{1,40}$/, orElse('fact_name_not_plain')),
  rule((name) => !inherent.includes(name), {
    ...orElse('fact_name_reserved'),
    says: { jsonSchema: { not: { enum: inherent } } },
  }),
);

/** Data that other systems store with an organization: at most 20 name–value pairs. */
const Metadata = z.pipe(
  // Checked before the record schema, which skips `__proto__`.
  z.transform((facts: unknown, { issues }) => {
    for (const name of inherent)
      if (typeof facts === 'object' && facts !== null && Object.hasOwn(facts, name))
        issues.push(issueOf(fieldError(name, 'fact_name_reserved'), facts));
    return facts;
  }),
  z.record(factName, line(200)).check(
    rule((facts) => Object.keys(facts).length <= 20, {
      ...orElse('too_many_facts', { most: 20 }),
      says: { jsonSchema: { maxProperties: 20 } },
    }),
  ),
);

/** An organization, as stored in the directory. */
export type OrganizationInDirectory = Omit<Organization, 'allowedDomains' | 'metadata'>;

/** The part of an organization that every member may see. */
export const OrganizationSummary = z.pick(Organization, {
  id: true,
  name: true,
  status: true,
  frozenAt: true,
  deletionFrom: true,
});
export type OrganizationSummary = z.infer<typeof OrganizationSummary>;

/** Exact counts, written in the transaction that changes what they count. */
export const OrganizationCounts = z.object({
  users: z.int(),
  pendingInvitations: z.int(),
  teams: z.int(),
  kpis: z.int(),
});
export type OrganizationCounts = z.infer<typeof OrganizationCounts>;

/** Times of first and last events, if known. */
const history = {
  /** When an hourly run first found each onboarding stage reached. */
  reached: z.optional(z.partialRecord(Stage, timestamp)),
  suspendedAt: z.optional(timestamp),
  reactivatedAt: z.optional(timestamp),
};

const counted = {
  counts: OrganizationCounts,
  /** Active admins. */
  admins: z._default(z.int(), 0),
  /** The day (UTC) of its last use; until then, its creation. */
  lastActivityOn: z.string(),
  /** Its onboarding stage when figures were last computed. */
  stage: z._default(Stage, 'invited'),
  /** Results of the last hourly run; absent before the first. */
  signals: z.optional(Signals),
  /** The facts of a week before; absent if no snapshot has them. */
  weekAgo: z.optional(EarlierFacts),
  ...history,
};

/** An organization with the data of its directory row. */
const CountedOrganization = z.extend(Organization, counted);
export type CountedOrganization = z.infer<typeof CountedOrganization>;

/** The header of the detail page. */
export const OrganizationWithCounts = z.extend(z.omit(CountedOrganization, { weekAgo: true }), {
  health: Health,
});
export type OrganizationWithCounts = z.infer<typeof OrganizationWithCounts>;

/** A row of the directory. */
export const DirectoryOrganization = z.omit(CountedOrganization, { allowedDomains: true, metadata: true });
export type DirectoryOrganization = z.infer<typeof DirectoryOrganization>;

/** A row of the super admin's list. */
export const ListedOrganization = z.extend(
  z.omit(DirectoryOrganization, { reached: true, suspendedAt: true, reactivatedAt: true, weekAgo: true }),
  { health: Health },
);
export type ListedOrganization = z.infer<typeof ListedOrganization>;

/** What the list can be sorted by. `planEnd` puts plans without an end last. */
export const organizationOrders = ['name', 'created', 'users', 'lastActivity', 'planEnd'] as const;

/**
 * An organization's status today (UTC); exactly one applies. `expired`: active, but past the last day of
 * its plan.
 */
export const standings = ['active', 'expired', 'inactive'] as const;

/**
 * `search`: each word must start a word of the name, the contact's email address or its domain, or the
 * external id. Results are ordered by matching term unless `sort` is given.
 */
export const OrganizationListQuery = z.extend(pageQuery, {
  search: z.optional(line(120)),
  status: z.optional(z.enum(standings)),
  plan: z.optional(Plan),
  /** Exactly this stage. */
  onboarding: z.optional(Stage),
  /** The plan ends within that many days from today. */
  endsWithinDays: z.optional(queryNumber(0, 3660)),
  sort: z.optional(z.enum(organizationOrders)),
  direction: z._default(z.enum(['asc', 'desc']), 'asc'),
});
export type OrganizationListQuery = z.infer<typeof OrganizationListQuery>;
export const OrganizationPage = page(ListedOrganization);

/** What the super admin enters to create an organization and invite its first admin. */
export const NewOrganization = z.strictObject({
  name: OrganizationName,
  contactPerson: ContactPerson,
  subscription: SubscriptionInput,
  firstAdmin: z.strictObject({ name: personName, email: emailAddress }),
  externalId: z.optional(ExternalId),
  allowedDomains: z.optional(AllowedDomains),
  metadata: z.optional(Metadata),
});
export type NewOrganization = z.infer<typeof NewOrganization>;

/** Reminder settings, as an admin sends them. */
export const NewMailPlan = z.strictObject({ timeZone, language: MailLanguage });

/** Null: not at all. */
const reminders = z.optional(z.nullable(NewMailPlan));

/** The fields of an organization's profile that the super admin may change. */
export const OrganizationChange = z
  .strictObject({
    name: z.optional(OrganizationName),
    contactPerson: z.optional(ContactPerson),
    /** Null removes it. */
    externalId: z.optional(z.nullable(ExternalId)),
    allowedDomains: z.optional(AllowedDomains),
    reminders,
    metadata: z.optional(Metadata),
  })
  .check(changesSomething);
export type OrganizationChange = z.infer<typeof OrganizationChange>;

/** The fields that an organization's own admin may change, as named by the access rules. */
export const OwnOrganizationChange = z
  .strictObject({
    contactPerson: z.optional(ContactPerson),
    allowedDomains: z.optional(AllowedDomains),
    reminders,
  })
  .check(changesSomething);
export type OwnOrganizationChange = z.infer<typeof OwnOrganizationChange>;

/** An organization as its own admin sees it: without data that the platform's other systems store with it. */
export const OwnOrganization = z.omit(Organization, { externalId: true, metadata: true });

/** Why an organization is suspended: shown to super admins and in the audit log. */
export const Deactivation = z.strictObject({ reason: line(500) });

/** The outcome of a subscription change. The organization keeps what is `exceeded`, but can't add to it. */
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
  /** The entitlements in which the new plan differs from the previous one. */
  allowances: z.array(z.object({ allowance: z.enum(allowances), from: z.int(), to: z.int() })),
  revision: z.int(),
});
export type PlanChange = z.infer<typeof PlanChange>;

export const PlanChangeQuery = z.strictObject({ dryRun });

/** One change of an organization's subscription: who, when, from what to what. The first has no `before`. */
export const SubscriptionChange = z.object({
  /** The resulting revision of the organization. */
  revision: z.int(),
  at: timestamp,
  by: z.string(),
  /** The actor's name at that time. Missing in changes stored without it. */
  byName: z.optional(z.string()),
  role: z.string(),
  before: z.nullable(Subscription),
  after: Subscription,
});
export type SubscriptionChange = z.infer<typeof SubscriptionChange>;
export const SubscriptionHistoryQuery = pageQuery;
export const SubscriptionHistoryPage = page(SubscriptionChange);
