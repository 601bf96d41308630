import { AppError } from '../errors.ts';
import type { OrganizationId } from '../ids.ts';
import { directoryShards } from '../table/layout.ts';
import type { ControlPlane, OrganizationScope } from '../table/scope.ts';
import { countsOf, countsOfAll } from './counters.service.ts';
import { directoryName } from './directory.ts';
import { OrganizationEntity } from './organization.entity.ts';
import type { Organization, OrganizationWithCounts } from './organization.schema.ts';
import { findOrganization, type StoredOrganization, showOrganization } from './organization.service.ts';

/** One organization with its counts. Throws `not_found`. */
export async function organizationWithCounts(scope: OrganizationScope): Promise<OrganizationWithCounts> {
  const [organization, counts] = await Promise.all([findOrganization(scope), countsOf(scope)]);
  if (organization === null) throw new AppError('not_found', 'There is no such organization.');
  return { ...organization, counts };
}

/** A place in the directory: the key of the last row shown. */
export interface DirectoryPosition {
  readonly directoryName: string;
  readonly organizationId: OrganizationId;
}

// The highest code point of the plane that names are made of: an upper bound for a prefix.
const last = '\uffff';

async function shardRows(
  { client, table }: ControlPlane,
  shard: number,
  search: string,
  after: DirectoryPosition | undefined,
  limit: number,
) {
  const rows = OrganizationEntity.query.directory({ directoryShard: shard });
  const query =
    after === undefined
      ? rows.begins({ directoryName: search })
      : rows.between(after, { directoryName: `${search}${last}` });
  // The lower bound of BETWEEN is inclusive: ask for one more, as the first may be the row before this page.
  const { data } = await query.go({ client, table, limit: limit + 1, pages: 1 });
  return data.filter(({ organizationId }) => organizationId !== after?.organizationId);
}

/** Organizations by name, those whose name begins with `search`, after `position`; at most `limit`. */
export async function organizationsAfter(
  plane: ControlPlane,
  {
    search = '',
    position,
    limit,
  }: { search?: string | undefined; position?: DirectoryPosition | undefined; limit: number },
): Promise<OrganizationWithCounts[]> {
  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
  const prefix = directoryName(search);
  const rows = await Promise.all(shards.map((shard) => shardRows(plane, shard, prefix, position, limit)));
  const key = (row: StoredOrganization) => `${row.directoryName}#${row.organizationId}`;
  const merged = rows
    .flat()
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .slice(0, limit);
  const counts = await countsOfAll(
    plane,
    merged.map(({ organizationId }) => organizationId),
  );
  return counts.flatMap((of, index) => {
    const row = merged[index];
    return row === undefined ? [] : [{ ...showOrganization(row), counts: of }];
  });
}

/** Organizations of one directory shard by name, after `position`; at most `limit`: what scheduled work pages through. */
export async function organizationsOfShard(
  plane: ControlPlane,
  shard: number,
  position: DirectoryPosition | undefined,
  limit: number,
): Promise<Organization[]> {
  const rows = await shardRows(plane, shard, '', position, limit);
  return rows.slice(0, limit).map(showOrganization);
}

/** Where an organization stands in the directory. */
export const directoryPosition = ({ id, name }: Organization): DirectoryPosition => ({
  directoryName: directoryName(name),
  organizationId: id,
});
