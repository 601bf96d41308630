import type { Stage } from '../onboarding/onboarding.schema.ts';
import { happened } from '../table/conditional.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, update, type Write } from '../table/write.ts';
import { directoryName } from './directory.ts';
import { rowOf } from './directory-row.ts';
import { DirectoryRowItem, OrganizationTermItem } from './organization.noun.ts';
import type { Organization } from './profile.schema.ts';
import { termSlots, termsOf } from './words.ts';

const contactSlots: readonly string[] = termSlots.contact;

/** The write that copies a changed profile to the organization's row in the directory. */
const rowWrite = (scope: OrganizationScope, organization: Organization): Write => {
  const { set, absent } = rowOf(organization);
  const row = entityOf(DirectoryRowItem).patch({ organizationId: scope.organizationId });
  return update(scope, row.set(set).remove(absent));
};

/**
 * A term put in its place, or the place emptied. A contact's term is changed in place, which its own
 * organization may do.
 */
function termWrite(scope: OrganizationScope, slot: string, term: string | undefined, name: string): Write {
  const { organizationId } = scope;
  if (term === undefined) return put(scope, entityOf(OrganizationTermItem).put({ organizationId, slot }));
  const value = { term, directoryName: directoryName(name) };
  return contactSlots.includes(slot)
    ? update(scope, entityOf(OrganizationTermItem).patch({ organizationId, slot }).set(value))
    : put(scope, entityOf(OrganizationTermItem).put({ organizationId, slot, ...value }));
}

/**
 * The places that an organization's terms are in. A contact's are there without a term too: they are changed
 * in place.
 */
const slotsOf = (organization: Organization) => [
  ...new Set([...contactSlots, ...termsOf(organization).keys()]),
];

/** The writes that make a new organization findable by its terms. */
export function firstTermWrites(scope: OrganizationScope, organization: Organization): Write[] {
  const { organizationId } = scope;
  const terms = termsOf(organization);
  return slotsOf(organization).map((slot) => {
    const term = terms.get(slot);
    const value = term === undefined ? {} : { term, directoryName: directoryName(organization.name) };
    return put(scope, entityOf(OrganizationTermItem).put({ organizationId, slot, ...value }));
  });
}

/** The writes that take an organization's terms away. */
export const noTermWrites = (scope: OrganizationScope, organization: Organization): Write[] =>
  slotsOf(organization).map((slot) =>
    remove(scope, entityOf(OrganizationTermItem).remove({ organizationId: scope.organizationId, slot })),
  );

/** The writes that keep the directory in step with a profile: its row, and the terms that are others now. */
export function directoryWrites(
  scope: OrganizationScope,
  before: Organization,
  after: Organization,
): Write[] {
  const [old, next] = [termsOf(before), termsOf(after)];
  const renamed = directoryName(before.name) !== directoryName(after.name);
  const slots = [...new Set([...old.keys(), ...next.keys()])].filter(
    (slot) => old.get(slot) !== next.get(slot) || (renamed && next.has(slot)),
  );
  return [rowWrite(scope, after), ...slots.map((slot) => termWrite(scope, slot, next.get(slot), after.name))];
}

/**
 * The write that notes the day (UTC) on which somebody of the organization used the product. An earlier day
 * than the noted is refused.
 */
export const activityWrite = (scope: OrganizationScope, day: string): Write =>
  update(
    scope,
    entityOf(DirectoryRowItem)
      .patch({ organizationId: scope.organizationId })
      .set({ lastActivityOn: day })
      .where(({ lastActivityOn }, { lt }) => lt(lastActivityOn, day)),
  );

/**
 * Notes how far an organization's onboarding has come, for the directory's filter. One that is gone meanwhile
 * gets no row back.
 */
export async function noteStage(
  { organizationId, client, table }: OrganizationScope,
  stage: Stage,
): Promise<void> {
  await happened(entityOf(DirectoryRowItem).patch({ organizationId }).set({ stage }).go({ client, table }));
}

/**
 * What an organization's row says of the months before its beginning that have audit entries; null without a
 * row.
 */
export async function olderAuditMonths({ organizationId, client, table }: OrganizationScope) {
  const { data } = await entityOf(DirectoryRowItem).get({ organizationId }).go({ client, table });
  if (data === null) return null;
  const { createdAt = '', olderAuditMonths: months, olderAuditMonthsFrom: from } = data;
  return { createdAt, months: [...(months ?? [])], from };
}

/**
 * Notes such months, and from which month on they are all, if that is known. They are only ever added, so
 * that of two who do it at the same time none loses any.
 */
export async function noteOlderAuditMonths(
  { organizationId, client, table }: OrganizationScope,
  { months, from }: { readonly months: readonly string[]; readonly from?: string },
): Promise<void> {
  const noting = entityOf(DirectoryRowItem)
    .patch({ organizationId })
    .set(from === undefined ? {} : { olderAuditMonthsFrom: from });
  if (months.length > 0) noting.add({ olderAuditMonths: new Set(months) });
  await happened(noting.go({ client, table }));
}
