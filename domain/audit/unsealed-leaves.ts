import { backoff } from '../table/backoff.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import { lastId, monthsDown } from './paginate-trail.ts';
import { sha256 } from './sha256.ts';
import { entryIn } from './stored-entries.ts';
import { type PlacedLeaf, storedLeaves } from './stored-leaves.ts';
import { entryHash } from './tree/leaf.ts';
import { timesFrom } from './tree/recent.ts';
import type { Head } from './tree-head.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The leaves of a range, in order. */
export interface Found {
  readonly leaves: readonly PlacedLeaf[];
  /** The indexes of those already stored. */
  readonly stored: ReadonlySet<number>;
  /** Leaves whose entries aren't in the audit log. */
  readonly missing: readonly number[];
}

const numbersIn = ({ from, to }: Range): number[] => Array.from({ length: to - from }, (_, at) => from + at);

/** The leaf of an entry from the writer. */
function writtenLeaf(item: Stored<typeof AuditItem>, sequence: number): PlacedLeaf {
  const entry = entryIn(item);
  const { id, timestamp } = entry;
  const leaf = { kind: 'written', id, timestamp, sequence, entry: entryHash(entry, sha256) } as const;
  return item.expiresAt === undefined ? leaf : { ...leaf, expiresAt: item.expiresAt };
}

/** Entries within a time range, in log order, page by page. */
async function* entriesBetween(
  { organizationId, client, table }: OrganizationScope,
  { oldest, newest }: { readonly oldest: string; readonly newest: string },
) {
  for (const month of monthsDown(newest, Number.POSITIVE_INFINITY, oldest).reverse()) {
    let cursor: string | null = null;
    do {
      const page: { data: Stored<typeof AuditItem>[]; cursor: string | null } = await entityOf(AuditItem)
        .query.primary({ organizationId, month })
        .between({ timestamp: oldest }, { timestamp: newest, entryId: lastId })
        .go({ client, table, consistent: true, pages: 1, cursor });
      yield page.data;
      cursor = page.cursor;
    } while (cursor !== null);
  }
}

/**
 * Searches for the entries of leaves by the times that the head contains. Removes those found from
 * `wanted`.
 */
async function search(
  scope: OrganizationScope,
  { recent }: Head,
  wanted: Set<number>,
): Promise<PlacedLeaf[]> {
  const times = timesFrom(recent, Math.min(...wanted));
  const found: PlacedLeaf[] = [];
  if (times === null) return found;
  for await (const page of entriesBetween(scope, times)) {
    for (const item of page)
      if (item.sequence !== undefined && wanted.delete(item.sequence))
        found.push(writtenLeaf(item, item.sequence));
    if (wanted.size === 0) break;
  }
  return found;
}

/**
 * The leaves of an unsealed range. Leaves of imported, earlier and withdrawn entries were stored when
 * appended; those of the writer are derived from the entries.
 */
export async function leavesIn(scope: OrganizationScope, head: Head, range: Range): Promise<Found> {
  const known = await storedLeaves(scope, range);
  const stored = new Set(known.map(({ sequence }) => sequence));
  const wanted = new Set(numbersIn(range).filter((sequence) => !stored.has(sequence)));
  const found: PlacedLeaf[] = [];
  // A query may not yet see all of a transaction that a read of its head has shown.
  for (let attempt = 1; attempt <= 3 && wanted.size > 0; attempt += 1) {
    if (attempt > 1) await backoff(attempt + 2);
    found.push(...(await search(scope, head, wanted)));
  }
  const leaves = [...known, ...found].sort((one, other) => one.sequence - other.sequence);
  return { leaves, stored, missing: [...wanted] };
}
