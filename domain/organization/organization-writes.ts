import type { Context } from '../context.ts';
import { type AppError, stale } from '../errors.ts';
import type { ActionOf } from '../table/item.ts';
import { type OrganizationScope, platformScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { adjust, change, create, erase, fresh, type New, replace } from '../table/writes.ts';
import { directoryName, firstRowOf, rowOf } from './directory-row.ts';
import {
  DirectoryRowItem,
  ExternalIdClaimItem,
  NameClaimItem,
  OrganizationItem,
  OrganizationTermItem,
} from './organization.noun.ts';
import { organizationRefusals } from './organization.refusals.ts';
import type { Organization } from './profile.schema.ts';
import { termSlots, termsOf } from './search-terms.ts';
import { keepSubscriptionChange } from './subscription-history.ts';

/**
 * Writes shared by several use cases. As part of a transaction they keep the profile, its name claim, its
 * directory row and its search terms consistent.
 */

type ProfileAction = ActionOf<typeof OrganizationItem>;

/** A change of a profile: the state that was read, and the next one. */
export interface ProfileChange {
  readonly before: Organization;
  readonly after: Organization;
}

const claimName = (scope: OrganizationScope, name: string): Write =>
  create(
    platformScope(scope),
    NameClaimItem,
    { name: directoryName(name), holder: scope.organizationId },
    organizationRefusals.organization_name_taken,
  );

/**
 * The writes that free an organization's name and claim another one; none when the directory considers them
 * equal. Refused with `already_exists`.
 */
export function changeName(scope: OrganizationScope, { before, after }: ProfileChange): Write[] {
  const [old, next] = [directoryName(before.name), directoryName(after.name)];
  if (old === next) return [];
  return [claimName(scope, next), erase(platformScope(scope), NameClaimItem, { name: old })];
}

/** The writes that free an external id, claim one, or both. Refused with `already_exists`. */
export function changeExternalId(
  scope: OrganizationScope,
  old: string | undefined,
  next: string | undefined,
): Write[] {
  if (old === next) return [];
  const platform = platformScope(scope);
  const claim = { externalId: next ?? '', holder: scope.organizationId };
  return [
    ...(next === undefined
      ? []
      : [create(platform, ExternalIdClaimItem, claim, organizationRefusals.external_id_taken)]),
    ...(old === undefined ? [] : [erase(platform, ExternalIdClaimItem, { externalId: old })]),
  ];
}

/** The stored attributes of a profile, without bookkeeping. */
const profileOf = ({
  id: _,
  revision: __,
  createdAt: ___,
  updatedAt: ____,
  updatedBy: _____,
  subscription,
  ...own
}: Organization) => ({
  ...own,
  ...subscription,
});

type MayBeAbsent = 'inactiveReason' | 'frozenAt' | 'deletionFrom' | 'endDate' | 'externalId' | 'reminders';

/** Values for an update: null removes what the organization doesn't have. */
const orAbsent = <
  Values extends Pick<Partial<Organization>, Exclude<MayBeAbsent, 'endDate'>> & {
    readonly endDate?: string | undefined;
  },
>(
  values: Values,
) => ({
  ...values,
  inactiveReason: values.inactiveReason ?? null,
  frozenAt: values.frozenAt ?? null,
  deletionFrom: values.deletionFrom ?? null,
  endDate: values.endDate ?? null,
  externalId: values.externalId ?? null,
  reminders: values.reminders ?? null,
});

/**
 * The writes that create an organization: its name, its profile, its directory row and terms, and the first
 * entry of its subscription history. Refused with `already_exists` for its name.
 * @param ctx the new organization's, under the control plane's credentials
 * @param counts its initial counts
 */
export function organizationWrites(
  ctx: Context,
  organization: Organization,
  action: ProfileAction,
  counts: Pick<New<typeof DirectoryRowItem>, 'pendingInvitations' | 'seats'>,
): Write[] {
  const { scope } = ctx;
  const { revision, createdAt } = organization;
  const profile = fresh(ctx, OrganizationItem, profileOf(organization), action, { revision, createdAt });
  return [
    claimName(scope, organization.name),
    create(scope, OrganizationItem, profile),
    create(scope, DirectoryRowItem, { ...firstRowOf(organization), ...counts }),
    ...addTerms(scope, organization),
    keepSubscriptionChange(ctx, { before: null, after: organization }),
  ];
}

/** The refusal of a profile change, and additional values for its row. */
interface AlongWith {
  /** Used if the profile has changed since it was read. */
  readonly refusal?: () => AppError;
  readonly row?: { readonly suspendedAt?: string; readonly reactivatedAt?: string };
}

/** The writes that change a profile together with the directory. */
export const changeProfile = (
  ctx: Context,
  action: ProfileAction,
  { before, after }: ProfileChange,
  { refusal = stale, row = {} }: AlongWith = {},
): Write[] => [
  change(
    ctx,
    OrganizationItem,
    {},
    { action, set: orAbsent(profileOf(after)), at: before.revision, refusal },
  ),
  adjust(ctx.scope, DirectoryRowItem, {}, { set: { ...orAbsent(rowOf(after)), ...row } }),
  ...changeTerms(ctx.scope, before, after),
];

const contactSlots: readonly string[] = termSlots.contact;

/**
 * The slots of an organization's terms. A contact's slots exist even without a term, because they are
 * updated in place.
 */
const slotsOf = (organization: Organization) => [
  ...new Set([...contactSlots, ...termsOf(organization).keys()]),
];

const termValues = (term: string | undefined, name: string) =>
  term === undefined ? {} : { term, directoryName: directoryName(name) };

/** The writes that add a new organization's search terms. */
export function addTerms(scope: OrganizationScope, organization: Organization): Write[] {
  const terms = termsOf(organization);
  return slotsOf(organization).map((slot) =>
    replace(scope, OrganizationTermItem, { slot, ...termValues(terms.get(slot), organization.name) }),
  );
}

/** The writes that delete an organization's search terms. */
export const removeTerms = (scope: OrganizationScope, organization: Organization): Write[] =>
  slotsOf(organization).map((slot) => erase(scope, OrganizationTermItem, { slot }));

/** The writes for the terms that a profile change affects. */
function changeTerms(scope: OrganizationScope, before: Organization, after: Organization): Write[] {
  const [old, next] = [termsOf(before), termsOf(after)];
  const renamed = directoryName(before.name) !== directoryName(after.name);
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((slot) => old.get(slot) !== next.get(slot) || (renamed && next.has(slot)))
    .map((slot) => {
      const values = termValues(next.get(slot), after.name);
      // A contact's term is updated in place, which the organization's own role may do.
      return next.has(slot) && contactSlots.includes(slot)
        ? adjust(scope, OrganizationTermItem, { slot }, { set: values })
        : replace(scope, OrganizationTermItem, { slot, ...values });
    });
}
