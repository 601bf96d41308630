import { findOlderAuditMonths, firstAuditMonth } from '../organization/directory-row.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { updateOperation, type Write, write } from '../table/transaction.ts';
import { create } from '../table/writes.ts';
import { appendLeaves } from './append-leaves.ts';
import { AuditItem, type EarlierSearch, TreeSealItem } from './audit.noun.ts';
import { type AuditPosition, monthOf, monthsDown } from './paginate-trail.ts';
import { sha256 } from './sha256.ts';
import { entryIn } from './stored-entries.ts';
import { leavesWrites, type PlacedLeaf } from './stored-leaves.ts';
import { emptyFrontier, packed, rootOf } from './tree/frontier.ts';
import { entryHash } from './tree/leaf.ts';
import type { Seal } from './tree-head.ts';

/** Until then, an invocation of an earlier version of the writer may still add entries outside the tree. */
const graceMs = 20 * 60_000;

/** How many pages a run reads, and the page size. */
const mostPages = 240;
const pageSize = 1000;

/**
 * Adds entries that predate the tree to it, once, oldest first, some per run. Returns false while there may
 * be more.
 */
export async function sealInEarlier(
  scope: OrganizationScope,
  seal: Seal | null,
  now: Date,
): Promise<boolean> {
  if (seal === null) {
    await begin(scope, now);
    return false;
  }
  return now.toISOString() >= seal.earlier.notBefore && (await searchOn(scope, seal.earlier));
}

/** Creates the first, empty seal. */
async function begin(scope: OrganizationScope, now: Date): Promise<void> {
  const first = create(scope, TreeSealItem, {
    size: 0,
    root: rootOf(emptyFrontier, sha256),
    at: now.toISOString(),
    stored: 0,
    frontier: packed(emptyFrontier),
    earlier: { notBefore: new Date(now.getTime() + graceMs).toISOString() },
  });
  await write(scope, first);
}

/** How far in the future an imported entry's time may be, in milliseconds. */
const aheadMs = 366 * 86_400_000;

/** The remaining months that may have earlier entries, oldest first. */
async function monthsLeft(scope: OrganizationScope, { notBefore, at }: EarlierSearch): Promise<string[]> {
  const noted = await findOlderAuditMonths(scope);
  // Without a record of the months before its creation, all of them are searched.
  const isNoted = noted !== null && noted.createdAt !== '' && noted.from === firstAuditMonth;
  const last = new Date(Date.parse(notBefore) + aheadMs).toISOString();
  const months = [
    ...(isNoted ? noted.months : []),
    ...monthsDown(last, Number.POSITIVE_INFINITY, isNoted ? noted.createdAt : firstAuditMonth),
  ];
  const isLeft = (month: string) => at === undefined || endOf(month).timestamp > at.timestamp;
  return [...new Set(months)].filter(isLeft).sort();
}

/** A position after every entry of a month. */
const endOf = (month: string): AuditPosition => ({ timestamp: `${month}~`, entryId: '' });

/** The next entries of a month, and the position where they end; null at the end of the month. */
async function readOn(
  { organizationId, client, table }: OrganizationScope,
  { at }: EarlierSearch,
  month: string,
) {
  const from = at !== undefined && monthOf(at.timestamp) === month ? at : { timestamp: month, entryId: '!' };
  const { data, cursor } = await entityOf(AuditItem)
    .query.primary({ organizationId, month })
    .between(from, endOf(month))
    .go({ client, table, consistent: true, pages: 1, limit: pageSize });
  const last = data.at(-1);
  return {
    items: data.filter(({ sequence, entryId }) => sequence === undefined && entryId !== from.entryId),
    end: cursor === null || last === undefined ? null : positionOf(last),
  };
}

const positionOf = ({ timestamp, entryId }: AuditPosition): AuditPosition => ({ timestamp, entryId });

async function searchOn(scope: OrganizationScope, begun: EarlierSearch): Promise<boolean> {
  // The stored state of the search, and the progress of this run.
  let [known, at] = [begun, begun.at];
  let pages = 0;
  for (const month of await monthsLeft(scope, begun))
    for (let end: AuditPosition | null = endOf(month); end !== null; pages += 1) {
      if (pages === mostPages) {
        await moveSearch(scope, known, { ...known, at }, []);
        return false;
      }
      const page = await readOn(scope, { ...known, at }, month);
      end = page.end;
      at = end ?? endOf(month);
      // Months without earlier entries are skipped without a write.
      if (page.items.length === 0) continue;
      const next = { ...known, at };
      if (!(await moveSearch(scope, known, next, page.items))) return false;
      known = next;
    }
  return await moveSearch(scope, known, { ...known, at, isDone: true }, []);
}

type Item = Stored<typeof AuditItem>;

/** The leaf of an entry that predates the tree. */
function earlierLeaf(item: Item, sequence: number): PlacedLeaf {
  const entry = entryIn(item);
  const { id, timestamp } = entry;
  const { expiresAt } = item;
  return { kind: 'earlier', id, timestamp, sequence, entry: entryHash(entry, sha256), expiresAt };
}

/** Appends what the search has found, and advances it. Returns false if another run has done so. */
async function moveSearch(
  scope: OrganizationScope,
  from: EarlierSearch,
  to: EarlierSearch,
  items: readonly Item[],
): Promise<boolean> {
  const move = searchWrite(scope, from, to);
  if (items.length === 0) return await write(scope, move);
  let isFirst = true;
  await appendLeaves(
    scope,
    (size) => {
      if (!isFirst) return null;
      const leaves = items.map((item, at) => earlierLeaf(item, size + at));
      return { leaves, timestamps: [], writes: [move, ...leavesWrites(scope, leaves)] };
    },
    {
      refused: () => {
        isFirst = false;
      },
    },
  );
  return isFirst;
}

const searchWrite = (scope: OrganizationScope, from: EarlierSearch, to: EarlierSearch): Write =>
  updateOperation(
    scope,
    entityOf(TreeSealItem)
      .patch({ organizationId: scope.organizationId })
      .set({ earlier: to })
      .where(({ earlier }, { eq }) => eq(earlier, from)),
  );
