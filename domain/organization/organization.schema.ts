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

/**
 * An organization's name. Its `directoryName`, by which it is compared and sorted, must fit into a key of the
 * table.
 */
export const OrganizationName = line(120).check(
  z.refine((name) => name.normalize('NFKC').length <= 240, orElse('too_long_written_out')),
);

/** The mail domains that invitations may go to, each once; none means any. */
const AllowedDomains = z.pipe(
  z.array(mailDomain).check(z.maxLength(20, orElse('too_many_domains', { most: 20 }))),
  z.transform((domains: string[]) => [...new Set(domains)]),
);

/** The organization's id in another system: one word of at most 64 characters, case-sensitive. */
const ExternalId = line(64).check(without('\\s', orElse('contains_spaces')));

/**
 * Names that every object inherits: a property of such a name vanishes or is mistaken for the inherited one.
 */
const inherent = ['__proto__', 'constructor'];
const factName = z.string().check(
  z.regex(/^[\w.-]{1,40}$/, orElse('fact_name_not_plain')),
  rule((name) => !inherent.includes(name), {
    ...orElse('fact_name_reserved'),
    says: { jsonSchema: { not: { enum: inherent } } },
  }),
);

/**
 * Facts that other systems keep with an organization: at most 20, each with a name and a value of its own.
 */
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

/** An organization as the directory has it. */
export type OrganizationInDirectory = Omit<Organization, 'allowedDomains' | 'metadata'>;

/** What every member of an organization may see of it. */
export const OrganizationSummary = z.pick(Organization, {
  id: true,
  name: true,
  status: true,
  frozenAt: true,
  deletionFrom: true,
});
export type OrganizationSummary = z.infer<typeof OrganizationSummary>;

/** Exact counts, written in the same transaction as what they count. */
export const OrganizationCounts = z.object({
  users: z.int(),
  pendingInvitations: z.int(),
  teams: z.int(),
  kpis: z.int(),
});
export type OrganizationCounts = z.infer<typeof OrganizationCounts>;

/** When things happened for the first or the last time, as far as that is known. */
const history = {
  /** When an hourly run found a stage of onboarding reached. */
  reached: z.optional(z.partialRecord(Stage, timestamp)),
  suspendedAt: z.optional(timestamp),
  reactivatedAt: z.optional(timestamp),
};

const counted = {
  counts: OrganizationCounts,
  /** Active admins. */
  admins: z._default(z.int(), 0),
  /** Day (UTC) on which the organization last used the product; until then the day it was created. */
  lastActivityOn: z.string(),
  /** How far its onboarding had come when its figures were last computed. */
  stage: z._default(Stage, 'invited'),
  /** What the last hourly run found. Absent before the first. */
  signals: z.optional(Signals),
  /** What it was judged by a week before. Absent where no snapshot has it. */
  weekAgo: z.optional(EarlierFacts),
  ...history,
};

/** An organization with what its row in the directory says of it. */
const CountedOrganization = z.extend(Organization, counted);
export type CountedOrganization = z.infer<typeof CountedOrganization>;

/** The head of the detail page. */
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
 * An organization's status today (UTC), exactly one of these. `expired` is active, but past the last day of
 * its plan.
 */
export const standings = ['active', 'expired', 'inactive'] as const;

/**
 * `search`: words that must each begin a word of the name, the contact's address or its domain, or the
 * external id. Results come in the order of the term found, unless `sort` asks for another.
 */
export const OrganizationListQuery = z.extend(pageQuery, {
  search: z.optional(line(120)),
  status: z.optional(z.enum(standings)),
  plan: z.optional(Plan),
  /** At this stage, neither before nor past it. */
  onboarding: z.optional(Stage),
  /** The plan ends today or in at most so many days. */
  endsWithinDays: z.optional(queryNumber(0, 3660)),
  sort: z.optional(z.enum(organizationOrders)),
  direction: z._default(z.enum(['asc', 'desc']), 'asc'),
});
export type OrganizationListQuery = z.infer<typeof OrganizationListQuery>;
export const OrganizationPage = page(ListedOrganization);

/** What the super admin fills in to create an organization and invite its first admin. */
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

/** How people are reminded by email, as an admin sends it. */
export const NewMailPlan = z.strictObject({ timeZone, language: MailLanguage });

/** Null: not at all. */
const reminders = z.optional(z.nullable(NewMailPlan));

/** The fields of an organization's profile that the super admin may change. */
export const OrganizationChange = z
  .strictObject({
    name: z.optional(OrganizationName),
    contactPerson: z.optional(ContactPerson),
    /** Null takes it away. */
    externalId: z.optional(z.nullable(ExternalId)),
    allowedDomains: z.optional(AllowedDomains),
    reminders,
    metadata: z.optional(Metadata),
  })
  .check(changesSomething);
export type OrganizationChange = z.infer<typeof OrganizationChange>;

/** The fields that an organization's own admin may change: those that the access rules name. */
export const OwnOrganizationChange = z
  .strictObject({
    contactPerson: z.optional(ContactPerson),
    allowedDomains: z.optional(AllowedDomains),
    reminders,
  })
  .check(changesSomething);
export type OwnOrganizationChange = z.infer<typeof OwnOrganizationChange>;

/**
 * An organization as its own admin sees it: without the facts that the platform's other systems keep with it.
 */
export const OwnOrganization = z.omit(Organization, { externalId: true, metadata: true });

/** Why an organization is suspended: read by its super admins, and in the audit trail. */
export const Deactivation = z.strictObject({ reason: line(500) });

/**
 * The outcome of a change of subscription. The organization keeps what is `exceeded`, but can't add to it.
 */
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
  /** The entitlements in which the plan differs from the one before. */
  allowances: z.array(z.object({ allowance: z.enum(allowances), from: z.int(), to: z.int() })),
  revision: z.int(),
});
export type PlanChange = z.infer<typeof PlanChange>;

export const PlanChangeQuery = z.strictObject({ dryRun });

/**
 * One change of an organization's subscription: who made it, when, from what to what. The first has no
 * `before`.
 */
export const SubscriptionChange = z.object({
  /** The organization's revision that it led to. */
  revision: z.int(),
  at: timestamp,
  by: z.string(),
  /** What they were called then. Missing for changes that were kept without it. */
  byName: z.optional(z.string()),
  role: z.string(),
  before: z.nullable(Subscription),
  after: Subscription,
});
export type SubscriptionChange = z.infer<typeof SubscriptionChange>;
export const SubscriptionHistoryQuery = pageQuery;
export const SubscriptionHistoryPage = page(SubscriptionChange);
