import { readOf } from '../table/batch-read.ts';
import { updatedByOf } from '../table/change-stamp.ts';
import type { Stored } from '../table/entity.ts';
import { typed } from '../table/item.ts';
import type { Item } from '../table/query.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { OrganizationItem } from './organization.noun.ts';
import { organizationRefusals } from './organization.refusals.ts';
import { Organization } from './profile.schema.ts';

/** A stored organization as the API shows it. */
export const showOrganization = ({
  organizationId,
  plan,
  startDate,
  endDate,
  ...stored
}: Stored<typeof OrganizationItem>): Organization =>
  Organization.parse({
    ...stored,
    id: organizationId,
    updatedBy: updatedByOf(stored),
    subscription: { plan, startDate, ...(endDate === undefined ? {} : { endDate }) },
  });

/** Reads the scope's organization (strongly consistent), or null. */
export async function findOrganization(scope: OrganizationScope): Promise<Organization | null> {
  const stored = await find(scope, OrganizationItem, {});
  return stored === null ? null : showOrganization(stored);
}

/** Reads the scope's organization. Throws `not_found`. */
export async function requireOrganization(scope: OrganizationScope): Promise<Organization> {
  const organization = await findOrganization(scope);
  if (organization === null) throw organizationRefusals.organization_not_found();
  return organization;
}

/** The read of an organization's profile, for use with `itemsOf`. */
export const organizationRead = (scope: OrganizationScope) => readOf(scope, OrganizationItem, {});

/** The organization read by `organizationRead`, or null. */
export const organizationFrom = (item: Item | undefined): Organization | null =>
  item === undefined ? null : showOrganization(typed<Stored<typeof OrganizationItem>>(item));
