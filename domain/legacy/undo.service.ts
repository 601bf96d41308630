import type { Actor } from '../actor.ts';
import { abandonEntries } from '../audit/adoption.service.ts';
import { AppError } from '../errors.ts';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { abandonOrganization, findAdopted as findOrganization } from '../organization/adoption.service.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { abandonTeam } from '../team/adoption.service.ts';
import { findTeam } from '../team/find-team.ts';
import { abandonUser, findAdopted as findUser, usersMarkedBy } from '../user/adoption.service.ts';
import {
  batchesOf,
  forgetBatch,
  type ImportRun,
  moveRun,
  noteBatch,
  usersNoted,
} from './import-run.service.ts';
import { type ImportedKey, positionOf } from './import-run.ts';

/** What became of something that a run had imported. */
export type Undone = 'removed' | 'gone' | 'changed' | 'in-use';

/** Told of each thing, in the order they are taken away. */
export type OnUndone = (key: ImportedKey, undone: Undone) => void;

/**
 * Takes away what a run created and nobody has changed since, the last first. What somebody has changed, or
 * what holds something that stays, is kept. Can be killed and called again. The actor's request is the
 * undoing, not the run.
 * @param clock asked for each change: an undoing may take longer than the audit trail lets a change's time be
 * off
 */
export async function undoRun(
  plane: ControlPlane,
  actor: Actor,
  run: ImportRun,
  onUndone: OnUndone,
  clock: () => Date,
): Promise<void> {
  if (run.state === 'undoing') await noteLostUsers(plane, run.runId);
  const undoing = run.state === 'undoing' ? run : await moveRun(plane, actor, run, 'undoing', clock());
  await keepChangedUsers(plane, actor, run.runId, onUndone);
  for await (const { position, keys } of batchesOf(plane, run.runId)) {
    const entries = keys.filter((key) => key.kind === 'auditEntry');
    const taken = await abandonEntries(plane, entries, run.runId);
    for (const [index, key] of entries.entries()) onUndone(key, taken[index] === true ? 'removed' : 'gone');
    for (const key of keys.toReversed())
      if (key.kind !== 'auditEntry') onUndone(key, await undo(plane, actor, run.runId, key, clock()));
    await forgetBatch(plane, run.runId, position);
  }
  await moveRun(plane, actor, undoing, 'undone', clock());
}

// Sorts before the users that the run noted itself, and after its organizations.
const lostUsers = (index: number) =>
  `${positionOf({ table: 'users', line: 0 })}#${String(index).padStart(6, '0')}`;
const keysAtOnce = 40;

/**
 * Earlier versions struck users from the notes of a run while they read on, without end, into those of
 * another one. They had taken nothing away by then, so whom the run made still bears its mark. In an
 * organization that was there before, the mark of a user who has joined a team is no proof: such a user
 * stays.
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
 * Strikes the users whom somebody has changed since from what the run created, before any team is taken away:
 * leaving a team marks a user as changed by the undoing.
 */
async function keepChangedUsers(
  plane: ControlPlane,
  actor: Actor,
  runId: string,
  onUndone: OnUndone,
): Promise<void> {
  for await (const { position, keys } of batchesOf(plane, runId)) {
    const kept = await Promise.all(
      keys.map(async (key) => {
        if (key.kind !== 'user') return true;
        const found = await findUser(withinOrganization(plane, key.organizationId), key.userId);
        return found === null || isOurs(actor, runId, found);
      }),
    );
    if (!kept.includes(false)) continue;
    for (const [index, key] of keys.entries()) if (kept[index] === false) onUndone(key, 'changed');
    await noteBatch(plane, runId, { position, keys: keys.filter((_, index) => kept[index]) });
  }
}

interface Changed {
  readonly changed: { readonly requestId: string };
}

/** Whether nobody but the run and its undoing has changed something. */
const isOurs = (actor: Actor, runId: string, { changed }: Changed): boolean =>
  changed.requestId === runId || changed.requestId === actor.requestId;

async function undo(
  plane: ControlPlane,
  actor: Actor,
  runId: string,
  key: Exclude<ImportedKey, { readonly kind: 'auditEntry' }>,
  now: Date,
): Promise<Undone> {
  const scope = withinOrganization(plane, key.organizationId);
  switch (key.kind) {
    case 'organization': {
      const found = await findOrganization(plane, key.organizationId);
      return await take(actor, runId, found, (it) => abandonOrganization({ scope, actor, now }, it));
    }
    case 'user': {
      const found = await findUser(scope, key.userId);
      return await take(actor, runId, found, (it) => abandonUser(scope, actor, it.user, now));
    }
    case 'team': {
      const found = await findTeam(scope, key.teamId);
      const team = found === null ? null : { changed: found.item.changed };
      return await take(actor, runId, team, () => abandonTeam(scope, actor, key.teamId, now));
    }
  }
}

async function take<Found extends Changed>(
  actor: Actor,
  runId: string,
  found: Found | null,
  abandon: (found: Found) => Promise<void>,
): Promise<Undone> {
  if (found === null) return 'gone';
  if (!isOurs(actor, runId, found)) return 'changed';
  try {
    await abandon(found);
    return 'removed';
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return 'in-use';
    if (error instanceof AppError && error.code === 'stale') return 'changed';
    throw error;
  }
}
