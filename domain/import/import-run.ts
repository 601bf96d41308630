import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { refusals } from '../errors.ts';
import { type OrganizationId, PLATFORM, type UserId } from '../ids.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { consistently, find } from '../table/reads.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { transact, write } from '../table/transaction.ts';
import { change, create, erase, fresh, replace } from '../table/writes.ts';
import { legacyTables, type SourceLine } from './document.ts';
import { ImportBatchItem, ImportRunItem } from './import.noun.ts';
import type { ImportedKey } from './outcome.ts';

/** Who imports or undoes, and where. */
export interface Importer {
  readonly plane: ControlPlane;
  /** Its request id is that of the run or of its undo, and marks what either has changed last. */
  readonly actor: Actor;
  /** Read for each write: an import takes longer than the audit log tolerates a wrong time. */
  clock(): Date;
}

/** The context of one write in an organization. */
export const contextIn = ({ plane, actor, clock }: Importer, organizationId: OrganizationId): Context => ({
  scope: withinOrganization(plane, organizationId),
  actor,
  now: clock(),
});

/**
 * The context of importing an item. It starts at `revision`: above that of deletion records from an earlier
 * attempt, which identify an item by key and revision.
 */
export interface ImportContext extends Context {
  readonly revision: number;
}

export type ImportRun = Pick<Stored<typeof ImportRunItem>, 'runId' | 'state' | 'revision'>;

/** Refusals of the import, shown by its command line in English. */
export const importRefusals = refusals({
  run_being_undone: ['conflict', 'Import {run} is being undone. Finish that first with --rollback {run}.'],
  imported_user_in_team: ['conflict', 'This user is in a team.'],
  entry_of_another_run: ['already_exists', 'The entry belongs to another import.'],
});

/** A run, or null. */
export const findRun = async (plane: ControlPlane, runId: string): Promise<ImportRun | null> =>
  await find(platformScope(plane), ImportRunItem, { runId });

/** Starts a run, or continues an existing one. Throws `conflict` while it is being undone. */
export async function beginRun(importer: Importer, runId: string): Promise<ImportRun> {
  const found = await findRun(importer.plane, runId);
  if (found?.state === 'undone') return await moveRun(importer, found, 'applying');
  if (found?.state === 'undoing') throw importRefusals.run_being_undone({ run: runId });
  if (found !== null) return found;
  const ctx = contextIn(importer, PLATFORM);
  const run = fresh(ctx, ImportRunItem, { runId, state: 'applying' }, 'import.started');
  await transact(ctx.scope, [create(ctx.scope, ImportRunItem, run)]);
  return run;
}

const actions = {
  applying: 'import.started',
  applied: 'import.applied',
  undoing: 'import.undoing-started',
  undone: 'import.undone',
} as const;

/** Advances a run. Throws `stale` if another process did so. */
export async function moveRun(
  importer: Importer,
  { runId, revision }: ImportRun,
  state: ImportRun['state'],
): Promise<ImportRun> {
  const ctx = contextIn(importer, PLATFORM);
  const moved = { action: actions[state], set: { state }, at: revision };
  await transact(ctx.scope, [change(ctx, ImportRunItem, { runId }, moved)]);
  return { runId, state, revision: revision + 1 };
}

/** A line's position in the export, as a string that sorts in import order. */
export const positionOf = ({ table, line }: Pick<SourceLine, 'table' | 'line'>): string =>
  `${legacyTables.indexOf(table)}#${String(line).padStart(12, '0')}`;

/** What a run was about to write, from which position on. */
interface ImportBatch {
  readonly position: string;
  readonly keys: readonly ImportedKey[];
}

/** Records a batch before it is written. Idempotent. */
export async function noteBatch(
  plane: ControlPlane,
  runId: string,
  { position, keys }: ImportBatch,
): Promise<void> {
  const platform = platformScope(plane);
  await write(platform, replace(platform, ImportBatchItem, { runId, position, keys: [...keys] }));
}

const pageSize = 50;

/** A run's batches, latest first. */
export async function* batchesOf(plane: ControlPlane, runId: string): AsyncGenerator<ImportBatch> {
  const { organizationId } = platformScope(plane);
  const query = entityOf(ImportBatchItem).query.primary({ organizationId, runId });
  const reading = { ...consistently(plane), limit: pageSize, pages: 1, order: 'desc' } as const;
  let cursor: string | null = null;
  do {
    const page: { data: ImportBatch[]; cursor: string | null } = await query.go({ ...reading, cursor });
    yield* page.data;
    cursor = page.cursor;
  } while (cursor !== null);
}

/** Users that a run has recorded as created: only the key is proof, see `applyImport`. */
export async function usersNoted(plane: ControlPlane, runId: string): Promise<Set<UserId>> {
  const noted = new Set<UserId>();
  for await (const { keys } of batchesOf(plane, runId))
    for (const key of keys) if (key.kind === 'user') noted.add(key.userId);
  return noted;
}

/** The number of items a run has recorded. */
export async function countNoted(plane: ControlPlane, runId: string): Promise<number> {
  let count = 0;
  for await (const { keys } of batchesOf(plane, runId)) count += keys.length;
  return count;
}

/** Removes the record of an undone batch. */
export async function removeBatch(plane: ControlPlane, runId: string, position: string): Promise<void> {
  const platform = platformScope(plane);
  await write(platform, erase(platform, ImportBatchItem, { runId, position }));
}
