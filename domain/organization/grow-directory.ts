import { type OrganizationId, PLATFORM } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import { shardOf } from '../table/layout.ts';
import type { ControlPlane } from '../table/scope.ts';
import { happened } from '../table/transaction.ts';
import { DirectoryRowItem, NameClaimItem } from './organization.noun.ts';

interface Growth {
  /** Numbers of shards; `to` is a multiple of `from`. */
  readonly from: number;
  readonly to: number;
}

const pageSize = 100;
/** Rows moved in parallel; kept low, so that requests have priority. */
const width = 8;

/** Pages of a shard's rows: the organization of each, and its current key. */
async function* pagesOf({ client, table }: ControlPlane, directoryShard: number) {
  let cursor: string | null = null;
  do {
    const page: Page = await entityOf(DirectoryRowItem)
      .query.name({ directoryShard })
      .go({
        client,
        table,
        limit: pageSize,
        pages: 1,
        cursor,
        attributes: ['organizationId', 'directoryName', 'planEndsOn'],
      });
    yield page.data;
    cursor = page.cursor;
  } while (cursor !== null);
}

interface Row {
  readonly organizationId: OrganizationId;
  readonly directoryName?: string;
  readonly planEndsOn?: string;
}
interface Page {
  readonly data: Row[];
  readonly cursor: string | null;
}

/**
 * Moves a row, unless it was moved, renamed or deleted since it was read. If it still needs to move, the
 * next round finds it.
 */
const move = ({ client, table }: ControlPlane, row: Row, { from, to }: Growth): Promise<boolean> => {
  const { organizationId, directoryName = '', planEndsOn = '' } = row;
  return happened(
    entityOf(DirectoryRowItem)
      .update({ organizationId })
      .set({ directoryShard: shardOf(organizationId, to) })
      .composite({ directoryName, planEndsOn })
      .where(({ directoryShard }, { eq }) => eq(directoryShard, shardOf(organizationId, from)))
      .go({ client, table }),
  );
};

/**
 * Moves the directory's rows from one number of shards to a multiple of it while the product serves
 * requests. Each move is one conditional write that changes only the row's key. An interrupted run is
 * continued by the next one, which finds the remaining rows.
 * @param onPage called for each page with the number of rows moved
 */
export async function growDirectory(
  plane: ControlPlane,
  growth: Growth,
  onPage: (moved: number) => void = () => undefined,
): Promise<number> {
  let moved = 0;
  for (let shard = 0; shard < growth.from; shard += 1)
    for await (const page of pagesOf(plane, shard)) {
      const rows = page.filter(({ organizationId }) => shardOf(organizationId, growth.to) !== shard);
      let done = 0;
      for (let first = 0; first < rows.length; first += width) {
        const results = await Promise.all(
          rows.slice(first, first + width).map((row) => move(plane, row, growth)),
        );
        done += results.filter(Boolean).length;
      }
      moved += done;
      onPage(done);
    }
  return moved;
}

/** The state of the directory: rows per shard, rows in the wrong shard, and organizations without a row. */
interface DirectoryCount {
  readonly rows: readonly number[];
  readonly misplaced: number;
  /** The number of organizations, by their name claims. */
  readonly organizations: number;
  readonly missing: number;
}

/** Compares the directory with the names that organizations have claimed. */
export async function countDirectory(plane: ControlPlane, to: number): Promise<DirectoryCount> {
  const { client, table } = plane;
  const { data } = await entityOf(NameClaimItem)
    .query.primary({ organizationId: PLATFORM })
    .go({ client, table, pages: 'all', attributes: ['holder'] });
  const claimed = new Set<string>(data.map(({ holder }) => holder));
  const rows: number[] = [];
  const found = new Set<string>();
  let misplaced = 0;
  for (let shard = 0; shard < to; shard += 1) {
    let count = 0;
    for await (const page of pagesOf(plane, shard)) {
      count += page.length;
      for (const { organizationId } of page) {
        found.add(organizationId);
        misplaced += shardOf(organizationId, to) === shard ? 0 : 1;
      }
    }
    rows.push(count);
  }
  const missing = [...claimed].filter((id) => !found.has(id)).length;
  return { rows, misplaced, organizations: claimed.size, missing };
}
