import type { OrganizationId } from '../ids.ts';
import { untilRead } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import type { Item } from '../table/query.ts';
import type { ControlPlane } from '../table/scope.ts';
import { DirectoryRowItem } from './organization.noun.ts';
import { ListedOrganization } from './organization.schema.ts';

/** An organization of a list, and where the list goes on after it. */
export interface Listed {
  readonly organization: ListedOrganization;
  position(): string;
}

/** The rows of these organizations by their ids, all at once; what DynamoDB leaves over is asked for again. */
export async function rowsOf(
  { client, table }: ControlPlane,
  ids: readonly OrganizationId[],
): Promise<Map<OrganizationId, Item>> {
  const rows = new Map<OrganizationId, Item>();
  const keys = [...new Set(ids)].map((organizationId) => ({ organizationId }));
  await untilRead(keys, async (left) => {
    const { data, unprocessed } = await entityOf(DirectoryRowItem)
      .get(left)
      .go({ client, table, concurrency: 3 });
    for (const row of data) rows.set(row.organizationId, { ...row });
    return unprocessed;
  });
  return rows;
}

/** What these organizations are called now, by their ids. */
export async function namesOf(
  plane: ControlPlane,
  ids: readonly OrganizationId[],
): Promise<Map<OrganizationId, string>> {
  const rows = await rowsOf(plane, ids);
  return new Map([...rows].map(([id, { name }]) => [id, String(name)]));
}

/** A row as the list shows it. */
export function showRow(row: Item): ListedOrganization {
  const { plan, startDate, endDate } = row;
  return ListedOrganization.parse({
    ...row,
    id: row.organizationId,
    subscription: { plan, startDate, ...(endDate === undefined ? {} : { endDate }) },
    counts: row,
  });
}
