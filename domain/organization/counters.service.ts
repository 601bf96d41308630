import type { AppError } from '../errors.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, update, type Write } from '../table/write.ts';
import { CountersEntity } from './counters.entity.ts';
import type { OrganizationCounts } from './organization.schema.ts';

/** The write that begins an organization's counts. */
export const beginCountsWrite = (
  scope: OrganizationScope,
  counts: OrganizationCounts,
  refusal?: () => AppError,
): Write => put(scope, CountersEntity.create({ organizationId: scope.organizationId, ...counts }), refusal);

/** The write that moves an organization's counts along with what they count. */
export const countWrite = (scope: OrganizationScope, change: Partial<OrganizationCounts>): Write =>
  update(scope, CountersEntity.patch({ organizationId: scope.organizationId }).add(change));

/** The counts of several organizations, in the order given. */
export async function countsOf(scopes: readonly OrganizationScope[]): Promise<OrganizationCounts[]> {
  return await Promise.all(
    scopes.map(async ({ organizationId, client, table }) => {
      const { data } = await CountersEntity.get({ organizationId }).go({ client, table });
      return { users: data?.users ?? 0, pendingInvitations: data?.pendingInvitations ?? 0 };
    }),
  );
}
