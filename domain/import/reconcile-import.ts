import { createHash } from 'node:crypto';
import type { UserId } from '../ids.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { canonical, type LegacyTable, legacyTables, type SourceLine } from './document.ts';
import { findImportedEntries } from './import-audit-log.ts';
import { findImportedOrganization } from './import-organization.ts';
import { usersNoted } from './import-run.ts';
import { findImportedTeam } from './import-team.ts';
import { findImportedUser } from './import-user.ts';
import type { Found, Imported, ImportedEntry, Outcome } from './outcome.ts';

/** A count and a sum of hashes, independent of order. */
interface Checksum {
  readonly count: number;
  readonly sum: bigint;
}

const emptyChecksum: Checksum = { count: 0, sum: 0n };

/** The hash of an imported item; a team's members are unordered. */
export function hashOf(item: Imported): bigint {
  const comparable =
    item.kind === 'team'
      ? { ...item, members: [...item.members].sort((a, b) => (a.userId < b.userId ? -1 : 1)) }
      : item;
  return BigInt(`0x${createHash('sha256').update(canonical(comparable)).digest('hex')}`);
}

const added = ({ count, sum }: Checksum, hash: bigint): Checksum => ({
  count: count + 1,
  sum: BigInt.asUintN(128, sum + hash),
});

/** A checksum as shown to people. */
export const showChecksum = ({ count, sum }: Checksum): string =>
  `${count} ${sum.toString(16).padStart(32, '0')}`;

/** One table: expected and found items, and where they differ. */
export interface TableReconciliation {
  readonly table: LegacyTable;
  expected: Checksum;
  found: Checksum;
  /** Lines whose item is missing, and lines whose item differs although no one has changed it. */
  readonly missing: SourceLine[];
  readonly different: SourceLine[];
  /** Changed since, or existing before; counted neither as expected nor as found. */
  changedSince: number;
}

const atOnce = 40;

/**
 * Reads back everything that was imported and compares counts and an order-independent checksum per table.
 */
export async function reconcileImport(
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

/** Reads back up to 100 imported items, in order; null for missing ones. */
async function findAllImported(plane: ControlPlane, items: readonly Imported[]): Promise<(Found | null)[]> {
  const keys = items.flatMap((item) => (item.kind === 'auditEntry' ? [item.entry] : []));
  const entries = await findImportedEntries(plane, keys);
  return await Promise.all(
    items.map((item) =>
      item.kind === 'auditEntry' ? (entries.get(item.entry.id) ?? null) : findImported(plane, item),
    ),
  );
}

function findImported(plane: ControlPlane, item: Exclude<Imported, ImportedEntry>): Promise<Found | null> {
  switch (item.kind) {
    case 'organization':
      return findImportedOrganization(plane, item.id);
    case 'user':
      return findImportedUser(withinOrganization(plane, item.organizationId), item.userId);
    case 'team':
      return findImportedTeam(withinOrganization(plane, item.organizationId), item.teamId);
  }
}

/** A run and the users it has created; see `applyImport`. */
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
