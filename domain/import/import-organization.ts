import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { OrganizationId } from '../ids.ts';
import { endCounts } from '../organization/counts.ts';
import { directoryName } from '../organization/directory-row.ts';
import { showOrganization } from '../organization/find-organization.ts';
import { NameClaimItem, OrganizationItem } from '../organization/organization.noun.ts';
import { ContactPerson, OrganizationName } from '../organization/organization.schema.ts';
import { organizationWrites, removeTerms } from '../organization/organization-writes.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { removeSubscriptionChange } from '../organization/subscription-history.ts';
import type { Subscription } from '../subscription/subscription.schema.ts';
import type { Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { erase, remove } from '../table/writes.ts';
import { type LegacyDocument, objectOf, ulidOf } from './document.ts';
import type { ImportContext } from './import-run.ts';
import {
  createdAtOf,
  type Found,
  type ImportedOrganization,
  type Outcome,
  type Remarks,
  remarksOn,
} from './outcome.ts';
import { mapped, type PlanState, planNamed, plannedOrganization } from './plan-state.ts';

const known = [
  '_id',
  '_creationTime',
  'name',
  'contactPerson',
  'status',
  'subscription',
  'createdAt',
  'updatedAt',
];

/** Maps a legacy organization. Its name must be free, or the mapping must decide. */
export async function mapOrganization(state: PlanState, document: LegacyDocument): Promise<Outcome> {
  // Some systems repeat the `_id` as `id`.
  const remarks = remarksOn(document, document.fields.id === document.id ? ['id', ...known] : known);
  const outcome = await decide(state, document, remarks);
  if (outcome.verdict === 'quarantined' || outcome.verdict === 'undecided')
    state.legacyOrganizations.set(document.id, 'left');
  return outcome;
}

async function decide(state: PlanState, document: LegacyDocument, remarks: Remarks): Promise<Outcome> {
  const target = mapped(state, 'organizations', document.id);
  if (target !== undefined) return await joinExisting(state, document, remarks, target);
  const given = mapped(state, 'organizationNames', document.id);
  const name = given ?? remarks.text('name', document.fields.name, OrganizationName);
  if (name === undefined) return remarks.undecided('name-unusable');
  const id = OrganizationId.parse(`org_${ulidOf(document)}`);
  const owner = await ownerOf(state, name);
  if (owner !== null && owner !== id) return remarks.undecided('name-taken', name);
  if (given !== undefined) remarks.keep('renamed', 'name', document.fields.name, given);
  const createdAt = createdAtOf(document, remarks);
  if (createdAt === undefined) return remarks.aside('document-invalid', 'createdAt');
  const subscription = subscriptionOf(state, document, remarks, createdAt);
  if ('verdict' in subscription) return subscription;
  state.names.set(directoryName(name), id);
  const organization = {
    organizationId: id,
    document,
    plan: subscription.plan,
    users: 0,
    admins: 0,
    teams: 0,
  };
  state.legacyOrganizations.set(document.id, organization);
  state.organizations.set(id, organization);
  return remarks.imported({
    kind: 'organization',
    id,
    name,
    contactPerson: contactOf(document, remarks),
    status: statusOf(document, remarks),
    subscription,
    createdAt,
  });
}

async function joinExisting(
  state: PlanState,
  document: LegacyDocument,
  remarks: Remarks,
  target: string,
): Promise<Outcome> {
  const organization = await plannedOrganization(state, target);
  if (organization === null) return remarks.undecided('target-missing', target);
  state.legacyOrganizations.set(document.id, organization);
  remarks.say('organization-mapped', target);
  return remarks.mapped();
}

const ownerOf = async (state: PlanState, name: string): Promise<string | null> =>
  state.names.get(directoryName(name)) ?? (await state.existing.organizationNamed(name));

function contactOf({ fields }: LegacyDocument, remarks: Remarks): Organization['contactPerson'] {
  const person = objectOf(fields.contactPerson);
  remarks.keepOthers('contactPerson', fields.contactPerson, ['name', 'email', 'phone']);
  const { shape } = ContactPerson;
  const name = remarks.text('contactPerson.name', person.name, shape.name);
  const email = remarks.text('contactPerson.email', person.email, shape.email);
  const phone = remarks.text('contactPerson.phone', person.phone, shape.phone);
  if (name === undefined || email === undefined) remarks.say('contact-incomplete');
  return {
    name: name ?? '',
    email: email ?? '',
    ...(phone === undefined ? {} : { phone }),
  };
}

function statusOf({ fields }: LegacyDocument, remarks: Remarks): Organization['status'] {
  if (fields.status === 'active' || fields.status === 'inactive') return fields.status;
  remarks.unknown('status-unknown', 'status', fields.status);
  return 'inactive';
}

function subscriptionOf(
  state: PlanState,
  { fields }: LegacyDocument,
  remarks: Remarks,
  createdAt: string,
): Subscription | Outcome {
  const { plan: named, startDate, endDate } = objectOf(fields.subscription);
  remarks.keepOthers('subscription', fields.subscription, ['plan', 'startDate', 'endDate']);
  const text = remarks.exact('subscription.plan', named);
  if (text === undefined) remarks.say('plan-missing');
  const plan = planNamed(state, text ?? 'starter');
  if (plan === undefined) return remarks.undecided('plan-unknown', text);
  const date = (field: string, value: unknown) => remarks.time(`subscription.${field}`, value)?.slice(0, 10);
  const ends = date('endDate', endDate);
  return {
    plan,
    startDate: date('startDate', startDate) ?? createdAt.slice(0, 10),
    ...(ends === undefined ? {} : { endDate: ends }),
  };
}

/** Reads an organization (strongly consistent) with its import mark; null if there is none. */
export async function findImportedOrganization(
  plane: ControlPlane,
  organizationId: OrganizationId,
): Promise<(Found & { readonly stored: Stored<typeof OrganizationItem> }) | null> {
  const stored = await find(withinOrganization(plane, organizationId), OrganizationItem, {});
  if (stored === null) return null;
  const { id, name, contactPerson, status, subscription, createdAt } = showOrganization(stored);
  const fields = { id, name, contactPerson, status, subscription, createdAt };
  return { item: { kind: 'organization', ...fields }, changedBy: stored.changed.requestId, stored };
}

/** The organization with this name, or null. */
export async function findOrganizationNamed(
  plane: ControlPlane,
  name: string,
): Promise<OrganizationId | null> {
  const claim = await find(platformScope(plane), NameClaimItem, { name: directoryName(name) });
  return claim?.holder ?? null;
}

const inactiveReason = 'It was inactive where it was imported from.';

/**
 * Imports an organization, without members. An existing one is left as it is. Throws `already_exists` for
 * its name.
 */
export async function importOrganization(
  ctx: ImportContext,
  { kind: _, ...imported }: ImportedOrganization,
): Promise<void> {
  const { scope, now, revision } = ctx;
  const organization: Organization = {
    ...imported,
    ...(imported.status === 'inactive' ? { inactiveReason } : {}),
    allowedDomains: [],
    metadata: {},
    revision,
    updatedAt: now.toISOString(),
  };
  try {
    await transact(scope, organizationWrites(ctx, organization, 'organization.imported', {}));
  } catch (error) {
    if (!(error instanceof AppError) || (await find(scope, OrganizationItem, {})) === null) throw error;
  }
}

/**
 * Removes an imported organization. Throws `stale` if it has changed since it was read, and `conflict` if
 * it isn't empty.
 */
export async function undoOrganization(ctx: Context, stored: Stored<typeof OrganizationItem>): Promise<void> {
  const { scope } = ctx;
  const { organizationId } = scope;
  const [removal, record] = remove(ctx, OrganizationItem, stored, 'organization.import-undone');
  const claim = { name: directoryName(stored.name) };
  await transact(scope, [
    endCounts(scope),
    removal,
    erase(platformScope(scope), NameClaimItem, claim, {
      where: ({ holder }, { eq }) => eq(holder, organizationId),
    }),
    ...removeTerms(scope, showOrganization(stored)),
    removeSubscriptionChange(scope, stored.revision),
    record,
  ]);
}
