import { AppError } from '../errors.ts';
import { entityOf } from '../table/entity.ts';
import type { Item } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { OrganizationItem } from './organization.noun.ts';
import { Organization } from './profile.schema.ts';

type StoredOrganization = NonNullable<Awaited<ReturnType<typeof read>>>;

async function read({ organizationId, client, table }: OrganizationScope) {
  const { data } = await entityOf(OrganizationItem)
    .get({ organizationId })
    .go({ client, table, consistent: true });
  return data;
}

/** A stored organization as the API shows it. */
export const showOrganization = ({
  organizationId,
  plan,
  startDate,
  endDate,
  ...stored
}: StoredOrganization): Organization =>
  Organization.parse({
    ...stored,
    id: organizationId,
    subscription: { plan, startDate, ...(endDate === undefined ? {} : { endDate }) },
  });

/** Reads the organization of the scope as it is now, or null. */
export async function findOrganization(scope: OrganizationScope): Promise<Organization | null> {
  const stored = await read(scope);
  return stored === null ? null : showOrganization(stored);
}

/** The read of an organization's profile, to be made together with others (`itemsOf`), and the organization it gives, or null. */
export const organizationRead = ({ organizationId }: OrganizationScope) =>
  entityOf(OrganizationItem).get({ organizationId });

export function organizationFrom(item: Item | undefined): Organization | null {
  const stored = item === undefined ? null : entityOf(OrganizationItem).parse({ Item: item }).data;
  return stored === null ? null : showOrganization(stored);
}

const taken = (path: string, message: string) =>
  new AppError('already_exists', message, { fields: [{ path, message }] });

/** The refusal of a name that another organization has. */
export const nameTaken = () => taken('name', 'An organization of this name exists already.');

/** The refusal of an external id that another organization has. */
export const externalIdTaken = () =>
  taken('externalId', 'Another organization has this external id already.');
