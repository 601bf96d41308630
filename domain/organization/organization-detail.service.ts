import { AppError } from '../errors.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import { OrganizationCounts, type OrganizationWithCounts } from './organization.schema.ts';
import { findOrganization } from './organization.service.ts';

/** One organization with its counts and when it was last used. Throws `not_found`. */
export async function organizationWithCounts(scope: OrganizationScope): Promise<OrganizationWithCounts> {
  const { organizationId, client, table } = scope;
  const [organization, { data: row }] = await Promise.all([
    findOrganization(scope),
    entityOf(DirectoryRowItem).get({ organizationId }).go({ client, table }),
  ]);
  if (organization === null) throw new AppError('not_found', 'There is no such organization.');
  const counts = OrganizationCounts.parse(row ?? { users: 0, pendingInvitations: 0, teams: 0, kpis: 0 });
  return {
    ...organization,
    counts,
    lastActivityOn: row?.lastActivityOn ?? organization.createdAt.slice(0, 10),
    stage: row?.stage ?? 'invited',
  };
}
