import type { AuditEntry } from '../audit/audit.schema.ts';
import { noteOlderMonths } from '../audit/older-months.ts';
import type { ControlPlane } from '../table/scope.ts';
import { withinOrganization } from '../table/scope.ts';
import { importEntries } from './import-audit-log.ts';
import { importOrganization } from './import-organization.ts';
import {
  batchesOf,
  contextIn,
  type ImportContext,
  type Importer,
  type ImportRun,
  noteBatch,
  positionOf,
} from './import-run.ts';
import { importTeam } from './import-team.ts';
import { findImportedUser, importUsers } from './import-user.ts';
import type { Imported, ImportedKey, Outcome } from './outcome.ts';

/** Lines written between two saves of the run's position. */
const batchSize = 40;

/** What a run writes, and a callback with the number of lines done, including earlier attempts. */
interface Application {
  readonly run: Pick<ImportRun, 'runId' | 'revision'>;
  readonly outcomes: AsyncIterable<Outcome>;
  onBatch(lines: number): void;
}

/**
 * Writes the imported items in order. Can be interrupted at any time: each batch is recorded before it is
 * written, and the next call starts with the last recorded batch. Writing an item again changes nothing.
 */
export async function applyImport(
  importer: Importer,
  { run, outcomes, onBatch }: Application,
): Promise<void> {
  const { plane } = importer;
  const { runId } = run;
  const resumeAt = await lastPosition(plane, runId);
  let position = '';
  let items: Imported[] = [];
  let lines = 0;
  const monthsNoted = new Set<string>();
  const flush = async () => {
    if (items.length === 0) return;
    const keys = (await createdHere(plane, runId, items)).map(keyOf);
    await noteBatch(plane, runId, { position, keys });
    await noteMonthsOf(plane, items, monthsNoted);
    await writeBatch(importer, run.revision, items);
    items = [];
    onBatch(lines);
  };
  for await (const { source, imported } of outcomes) {
    if (imported !== undefined && positionOf(source) >= resumeAt) {
      if (items.length === batchSize || (items.length > 0 && items[0]?.kind !== imported.kind)) await flush();
      if (items.length === 0) position = positionOf(source);
      items.push(imported);
    }
    lines += 1;
  }
  await flush();
}

async function lastPosition(plane: ControlPlane, runId: string): Promise<string> {
  for await (const { position } of batchesOf(plane, runId)) return position;
  return '';
}

/**
 * The items that the run creates. A user may have existed before and have joined teams through the run,
 * which marks them as changed by it; undo must not remove them, so they aren't recorded. For everything
 * else, the mark is proof enough.
 */
async function createdHere(plane: ControlPlane, runId: string, items: Imported[]): Promise<Imported[]> {
  const found = await Promise.all(
    items.map((item) =>
      item.kind === 'user'
        ? findImportedUser(withinOrganization(plane, item.organizationId), item.userId)
        : null,
    ),
  );
  return items.filter(
    (_, index) => found[index]?.changedBy === undefined || found[index].changedBy === runId,
  );
}

function keyOf(item: Imported): ImportedKey {
  switch (item.kind) {
    case 'organization':
      return { kind: item.kind, organizationId: item.id };
    case 'user':
      return { kind: item.kind, organizationId: item.organizationId, userId: item.userId };
    case 'team':
      return { kind: item.kind, organizationId: item.organizationId, teamId: item.teamId };
    case 'auditEntry': {
      const { organizationId, id, timestamp } = item.entry;
      return { kind: item.kind, organizationId, id, timestamp };
    }
  }
}

/** Records the months of entries, once per organization and month: most batches only contain known months. */
async function noteMonthsOf(
  plane: ControlPlane,
  items: readonly Imported[],
  noted: Set<string>,
): Promise<void> {
  const entries = items.flatMap((item) => (item.kind === 'auditEntry' ? [item.entry] : []));
  const monthOf = ({ organizationId, timestamp }: AuditEntry) => `${organizationId} ${timestamp.slice(0, 7)}`;
  await noteOlderMonths(
    plane,
    entries.filter((entry) => !noted.has(monthOf(entry))),
  );
  for (const entry of entries) noted.add(monthOf(entry));
}

async function writeBatch(importer: Importer, revision: number, items: readonly Imported[]): Promise<void> {
  const contextOf = (organizationId: ImportedKey['organizationId']): ImportContext => ({
    ...contextIn(importer, organizationId),
    revision,
  });
  const users = items.flatMap((item) => (item.kind === 'user' ? [item] : []));
  for (const [organizationId, some] of Map.groupBy(users, (user) => user.organizationId))
    await importUsers(contextOf(organizationId), some);
  for (const item of items) {
    if (item.kind === 'organization') await importOrganization(contextOf(item.id), item);
    if (item.kind === 'team') await importTeam(contextOf(item.organizationId), item);
  }
  await importEntries(
    importer,
    items.flatMap((item) => (item.kind === 'auditEntry' ? [item] : [])),
  );
}
