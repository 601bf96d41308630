import type { UserId } from '../ids.ts';
import type { ControlPlane } from '../table/scope.ts';
import { added, type Checksum, emptyChecksum, hashOf } from './checksum.ts';
import { type LegacyTable, legacyTables, type SourceLine } from './document.ts';
import { usersNoted } from './import-run.service.ts';
import { type Found, findAllImported } from './imported.service.ts';
import type { Imported, Outcome } from './outcome.ts';

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

/**
 * Reads back all that the outcomes import and compares: the counts, and a checksum of each table that no
 * order changes.
 */
export async function reconcile(
  plane: ControlPlane,
  runId: string,
  outcomes: AsyncIterable<Outcome>,
): Promise<TableReconciliation[]> {
  const noted = await usersNoted(plane, runId);
  const tables = new Map(legacyTables.map((table) => [table, begin(table)]));
  let waiting: { readonly source: SourceLine; readonly imported: Imported }[] = [];
  const compareAll = async () => {
    const found = await findAllImported(
      plane,
      waiting.map(({ imported }) => imported),
    );
    for (const [index, { source, imported }] of waiting.entries()) {
      const table = tables.get(source.table);
      if (table !== undefined)
        compare({ runId, noted }, table, { source, imported, found: found[index] ?? null });
    }
    waiting = [];
  };
  for await (const { source, imported } of outcomes) {
    if (imported !== undefined) waiting.push({ source, imported });
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

interface Comparison {
  readonly source: SourceLine;
  readonly imported: Imported;
  readonly found: Found | null;
}

function compare(
  { runId, noted }: Run,
  result: TableReconciliation,
  { source, imported, found }: Comparison,
): void {
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
