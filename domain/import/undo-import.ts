import { AppError } from '../errors.ts';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { undoEntries } from './import-audit-log.ts';
import { findImportedOrganization, undoOrganization } from './import-organization.ts';
import {
  batchesOf,
  contextIn,
  type Importer,
  type ImportRun,
  moveRun,
  noteBatch,
  positionOf,
  removeBatch,
  usersNoted,
} from './import-run.ts';
import { findImportedTeam, undoTeam } from './import-team.ts';
import { findImportedUser, undoUser, usersMarkedBy } from './import-user.ts';
import type { Found, ImportedKey } from './outcome.ts';

/** The outcome for an imported item. */
export type Undone = 'removed' | 'gone' | 'changed' | 'in-use';

/** Called for each item, in order of removal. */
type OnUndone = (key: ImportedKey, undone: Undone) => void;

/**
 * Removes what a run has created and no one has changed since, last first. Anything changed or still in use
 * is kept. Can be interrupted and repeated. The actor's request is that of the undo, not of the run.
 */
export async function undoImport(importer: Importer, run: ImportRun, onUndone: OnUndone): Promise<void> {
  const { plane } = importer;
  const { runId } = run;
  if (run.state === 'undoing') await noteLostUsers(plane, runId);
  const undoing = run.state === 'undoing' ? run : await moveRun(importer, run, 'undoing');
  await keepChangedUsers(importer, runId, onUndone);
  for await (const { position, keys } of batchesOf(plane, runId)) {
    const entries = keys.filter((key) => key.kind === 'auditEntry');
    const taken = await undoEntries(plane, entries, runId);
    for (const [index, key] of entries.entries()) onUndone(key, taken[index] === true ? 'removed' : 'gone');
    for (const key of keys.toReversed())
      if (key.kind !== 'auditEntry') onUndone(key, await undo(importer, runId, key));
    await removeBatch(plane, runId, position);
  }
  await moveRun(importer, undoing, 'undone');
}

// Sorts before the users recorded by the run, and after its organizations.
const lostUsers = (index: number) =>
  `${positionOf({ table: 'users', line: 0 })}#${String(index).padStart(6, '0')}`;
const keysAtOnce = 40;

/**
 * Earlier versions, while undoing, moved users from one run's records into another's. Nothing had been
 * removed by then, so users created by the run still bear its mark. In an organization that existed before,
 * the mark of a user who has joined a team is no proof, so such a user stays.
 */
async function noteLostUsers(plane: ControlPlane, runId: string): Promise<void> {
  const organizations = new Map<OrganizationId, 'made' | 'there before'>();
  for await (const { keys } of batchesOf(plane, runId))
    for (const { kind, organizationId } of keys)
      if (kind === 'organization') organizations.set(organizationId, 'made');
      else if (!organizations.has(organizationId)) organizations.set(organizationId, 'there before');
  organizations.delete(PLATFORM);
  const noted = await usersNoted(plane, runId);
  const lost: ImportedKey[] = [];
  for (const [organizationId, organization] of organizations)
    for (const { userId, asTheyCame } of await usersMarkedBy(
      withinOrganization(plane, organizationId),
      runId,
    ))
      if (!noted.has(userId) && (organization === 'made' || asTheyCame))
        lost.push({ kind: 'user', organizationId, userId });
  for (let index = 0; index < lost.length; index += keysAtOnce)
    await noteBatch(plane, runId, {
      position: lostUsers(index),
      keys: lost.slice(index, index + keysAtOnce),
    });
}

/**
 * Before any team is removed, drops users changed since from what the run created: leaving a team marks a
 * user as changed by the undo.
 */
async function keepChangedUsers(importer: Importer, runId: string, onUndone: OnUndone): Promise<void> {
  const { plane } = importer;
  for await (const { position, keys } of batchesOf(plane, runId)) {
    const kept = await Promise.all(
      keys.map(async (key) => {
        if (key.kind !== 'user') return true;
        const found = await findImportedUser(withinOrganization(plane, key.organizationId), key.userId);
        return found === null || isOurs(importer, runId, found);
      }),
    );
    if (!kept.includes(false)) continue;
    for (const [index, key] of keys.entries()) if (kept[index] === false) onUndone(key, 'changed');
    await noteBatch(plane, runId, { position, keys: keys.filter((_, index) => kept[index]) });
  }
}

/** Whether an item was only changed by the run and its undo. */
const isOurs = ({ actor }: Importer, runId: string, { changedBy }: Found): boolean =>
  changedBy === runId || changedBy === actor.requestId;

async function undo(
  importer: Importer,
  runId: string,
  key: Exclude<ImportedKey, { readonly kind: 'auditEntry' }>,
): Promise<Undone> {
  const ctx = contextIn(importer, key.organizationId);
  const take = async <Kind extends Found>(found: Kind | null, remove: (found: Kind) => Promise<void>) =>
    found !== null && !isOurs(importer, runId, found) ? 'changed' : await removed(found, remove);
  switch (key.kind) {
    case 'organization': {
      const found = await findImportedOrganization(ctx.scope, key.organizationId);
      return await take(found, ({ stored }) => undoOrganization(ctx, stored));
    }
    case 'user':
      return await take(await findImportedUser(ctx.scope, key.userId), ({ stored }) => undoUser(ctx, stored));
    case 'team':
      return await take(await findImportedTeam(ctx.scope, key.teamId), () => undoTeam(ctx, key.teamId));
  }
}

async function removed<Kind extends Found>(
  found: Kind | null,
  remove: (found: Kind) => Promise<void>,
): Promise<Undone> {
  if (found === null) return 'gone';
  try {
    await remove(found);
    return 'removed';
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return 'in-use';
    if (error instanceof AppError && error.code === 'stale') return 'changed';
    throw error;
  }
}
