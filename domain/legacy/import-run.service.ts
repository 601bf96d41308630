import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { created, updated } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { put, transact, update } from '../table/write.ts';
import { ImportBatchItem, ImportRunItem } from './import.noun.ts';
import type { ImportedKey } from './import-run.ts';

export type RunState = 'applying' | 'applied' | 'undoing' | 'undone';

export interface ImportRun {
  readonly runId: string;
  readonly state: RunState;
  readonly revision: number;
}

/** A run, or null. */
export async function findRun(plane: ControlPlane, runId: string): Promise<ImportRun | null> {
  const { organizationId, client, table } = platformScope(plane);
  const { data } = await entityOf(ImportRunItem).get({ organizationId, runId }).go({
    client,
    table,
    consistent: true,
  });
  return data;
}

/** Begins a run, or goes on with the one there is. */
export async function beginRun(
  plane: ControlPlane,
  actor: Actor,
  runId: string,
  now: Date,
): Promise<ImportRun> {
  const found = await findRun(plane, runId);
  if (found?.state === 'undone') return await moveRun(plane, actor, found, 'applying', now);
  if (found?.state === 'undoing')
    throw new AppError(
      'conflict',
      `The run ${runId} is being undone. Finish that first: --rollback ${runId}.`,
    );
  if (found !== null) return found;
  const platform = platformScope(plane);
  const { organizationId } = platform;
  const stamp = created(actor, 'import.started', now);
  const run = entityOf(ImportRunItem).create({ organizationId, runId, state: 'applying', ...stamp });
  await transact(platform, [put(platform, run)]);
  return { runId, state: 'applying', revision: 1 };
}

const actions: Record<RunState, string> = {
  applying: 'import.started',
  applied: 'import.applied',
  undoing: 'import.undoing-started',
  undone: 'import.undone',
};

/** Moves a run on. Throws `stale` when somebody else did. */
export async function moveRun(
  plane: ControlPlane,
  actor: Actor,
  { runId, revision }: ImportRun,
  state: RunState,
  now: Date,
): Promise<ImportRun> {
  const platform = platformScope(plane);
  const moved = entityOf(ImportRunItem)
    .patch({ organizationId: platform.organizationId, runId })
    .set({ state, ...updated(actor, actions[state], now) })
    .add({ revision: 1 })
    .where((item, { eq }) => eq(item.revision, revision));
  await transact(platform, [update(platform, moved, stale)]);
  return { runId, state, revision: revision + 1 };
}

/** What a run was about to write, and from which place of the export on. */
export interface ImportBatch {
  readonly position: string;
  readonly keys: readonly ImportedKey[];
}

/** Notes a batch before it is written. The same batch again is the same note. */
export async function noteBatch(
  plane: ControlPlane,
  runId: string,
  { position, keys }: ImportBatch,
): Promise<void> {
  const { organizationId, client, table } = platformScope(plane);
  await entityOf(ImportBatchItem)
    .put({ organizationId, runId, position, keys: [...keys] })
    .go({ client, table });
}

const pageSize = 50;

/** A run's batches, the latest first. */
export async function* batchesOf(plane: ControlPlane, runId: string): AsyncGenerator<ImportBatch> {
  const { organizationId, client, table } = platformScope(plane);
  const query = entityOf(ImportBatchItem).query.primary({ organizationId, runId });
  const reading = { client, table, limit: pageSize, pages: 1, order: 'desc', consistent: true } as const;
  let cursor: string | null = null;
  do {
    const page: { data: ImportBatch[]; cursor: string | null } = await query.go({ ...reading, cursor });
    yield* page.data;
    cursor = page.cursor;
  } while (cursor !== null);
}

/** The users whom a run notes to have made: the key alone tells, see `applyOutcomes`. */
export async function usersNoted(plane: ControlPlane, runId: string): Promise<Set<UserId>> {
  const noted = new Set<UserId>();
  for await (const { keys } of batchesOf(plane, runId))
    for (const key of keys) if (key.kind === 'user') noted.add(key.userId);
  return noted;
}

/** How many things a run notes. */
export async function countNoted(plane: ControlPlane, runId: string): Promise<number> {
  let count = 0;
  for await (const { keys } of batchesOf(plane, runId)) count += keys.length;
  return count;
}

/** Forgets a batch that is undone. */
export async function forgetBatch(plane: ControlPlane, runId: string, position: string): Promise<void> {
  const { organizationId, client, table } = platformScope(plane);
  await entityOf(ImportBatchItem).remove({ organizationId, runId, position }).go({ client, table });
}
