import { itemsOf } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { erase } from '../table/writes.ts';
import { type Appendix, appendLeaves } from './append-leaves.ts';
import { AuditItem } from './audit.noun.ts';
import { monthOf } from './paginate-trail.ts';
import { leavesWrites, type PlacedLeaf, storedLeaves } from './stored-leaves.ts';

interface Key {
  readonly id: string;
  readonly timestamp: string;
}

/** A transaction has at most 100 writes, including the head and up to two tiles of leaves. */
const mostTogether = 97;

/**
 * Removes up to 100 entries that an import run has appended, and returns the ids of those removed. Their
 * leaves stay in the tree, which records that they were withdrawn.
 */
export async function withdrawEntries(
  scope: OrganizationScope,
  keys: readonly Key[],
  runId: string,
): Promise<string[]> {
  const removed: string[] = [];
  for (let from = 0; from < keys.length; from += mostTogether)
    removed.push(...(await withdrawTogether(scope, keys.slice(from, from + mostTogether), runId)));
  return removed;
}

const itemKey = ({ id, timestamp }: Key) => ({ month: monthOf(timestamp), timestamp, entryId: id });

async function withdrawTogether(
  scope: OrganizationScope,
  keys: readonly Key[],
  runId: string,
): Promise<string[]> {
  let left = await entriesOfRun(scope, keys, runId);
  await appendLeaves(
    scope,
    async (size): Promise<Appendix | null> => {
      if (left.length === 0) return null;
      const leaves = withdrawals(await sequencesOf(scope, left, size), size);
      const removals = left.map((one) =>
        erase(scope, AuditItem, itemKey(one), { where: ({ requestId }, { eq }) => eq(requestId, runId) }),
      );
      return { leaves, timestamps: [], writes: [...removals, ...leavesWrites(scope, leaves)] };
    },
    {
      refused: (writes) => {
        const gone = new Set(writes);
        left = left.filter((_, at) => !gone.has(at));
      },
    },
  );
  return left.map(({ id }) => id);
}

interface Withdrawn extends Key {
  readonly sequence: number | undefined;
}

/** The entries with these keys that the run has imported and that still exist. */
async function entriesOfRun(
  scope: OrganizationScope,
  keys: readonly Key[],
  runId: string,
): Promise<Withdrawn[]> {
  const { organizationId } = scope;
  const items = await itemsOf(
    scope,
    keys.map((key) => entityOf(AuditItem).get({ organizationId, ...itemKey(key) })),
  );
  return items.flatMap((item) => {
    const found = item === undefined ? null : entityOf(AuditItem).parse({ Item: item }).data;
    if (found?.requestId !== runId) return [];
    return [{ id: found.entryId, timestamp: found.timestamp, sequence: found.sequence }];
  });
}

/**
 * The indexes of entries in a tree of a given size. Entries that predate the tree don't contain theirs, and
 * may not be in it yet.
 */
async function sequencesOf(
  scope: OrganizationScope,
  entries: readonly Withdrawn[],
  size: number,
): Promise<number[]> {
  const known = entries.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence]));
  if (known.length === entries.length) return known;
  const ids = new Set(entries.map(({ id }) => id));
  const leaves = await storedLeaves(scope, { from: 0, to: size });
  return [
    ...known,
    ...leaves.flatMap((leaf) => (leaf.kind === 'earlier' && ids.has(leaf.id) ? [leaf.sequence] : [])),
  ];
}

/** Withdrawal leaves, one for each run of consecutive indexes. */
function withdrawals(sequences: readonly number[], size: number): PlacedLeaf[] {
  const runs: { from: number; to: number }[] = [];
  for (const sequence of sequences.toSorted((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run !== undefined && run.to === sequence - 1) run.to = sequence;
    else runs.push({ from: sequence, to: sequence });
  }
  return runs.map((run, at) => ({ kind: 'withdrawn', sequence: size + at, ...run }));
}
