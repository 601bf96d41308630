import type { UserId } from '../ids.ts';
import type { ControlPlane } from '../table/scope.ts';
import { added, type Checksum, emptyChecksum, hashOf } from './checksum.ts';
import { type LegacyTable, legacyTables, type SourceLine } from './document.ts';
import { usersNoted } from './import-run.service.ts';
import { findImported } from './imported.service.ts';
import type { Outcome } from './outcome.ts';

/** One table: what should have been written, what is there, and where they differ. */
export interface TableReconciliation {
  readonly table: LegacyTable;
  expected: Checksum;
  found: Checksum;
  /** Lines whose import isn't there, and lines that are there otherwise though nobody has changed them. */
  readonly missing: SourceLine[];
  readonly different: SourceLine[];
  /** Somebody has changed it since, or had it before: neither expected nor found counts it. */
  changedSince: number;
}

const atOnce = 40;

/** Reads back all that the outcomes import and compares: the counts, and a checksum of each table that no order changes. */
export async function reconcile(
  plane: ControlPlane,
  runId: string,
  outcomes: AsyncIterable<Outcome>,
): Promise<TableReconciliation[]> {
  const noted = await usersNoted(plane, runId);
  const tables = new Map(legacyTables.map((table) => [table, begin(table)]));
  let waiting: Outcome[] = [];
  const compareAll = async () => {
    await Promise.all(
      waiting.map((outcome) => compare(plane, { runId, noted }, tables.get(outcome.source.table), outcome)),
    );
    waiting = [];
  };
  for await (const outcome of outcomes) {
    waiting.push(outcome);
    if (waiting.length === atOnce) await compareAll();
  }
  await compareAll();
  return [...tables.values()];
}

/** A run, and the users it has created: see `applyOutcomes`. */
interface Run {
  readonly runId: string;
  readonly noted: ReadonlySet<UserId>;
}

const begin = (table: LegacyTable): TableReconciliation => ({
  table,
  expected: emptyChecksum,
  found: emptyChecksum,
  missing: [],
  different: [],
  changedSince: 0,
});

export const isReconciled = ({ expected, found }: TableReconciliation): boolean =>
  expected.count === found.count && expected.sum === found.sum;

async function compare(
  plane: ControlPlane,
  { runId, noted }: Run,
  result: TableReconciliation | undefined,
  { source, imported }: Outcome,
): Promise<void> {
  if (imported === undefined || result === undefined) return;
  const found = await findImported(plane, imported);
  const theirs = imported.kind === 'user' && !noted.has(imported.userId);
  if (found !== null && (found.changedBy !== runId || theirs)) {
    result.changedSince += 1;
    return;
  }
  const expected = hashOf(imported);
  result.expected = added(result.expected, expected);
  if (found === null) {
    result.missing.push(source);
    return;
  }
  const actual = hashOf(found.item);
  result.found = added(result.found, actual);
  if (actual !== expected) result.different.push(source);
}
