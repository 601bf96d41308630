import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../domain/actor.ts';
import { findRun, moveRun, noteBatch } from '../../../domain/import/import-run.ts';
import { auditLog, organization, team, user } from '../../unit/domain/import/planning.ts';
import { itemsIn, startImport, writeExport } from './support.ts';

interface Known {
  readonly folder: string;
  readonly runId: string;
}

let command: Awaited<ReturnType<typeof startImport>>;
/** Exports of one organization each. The first one's run has the lower id. */
let lower: Known;
let higher: Known;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const exportOf = (name: string, logs: number) =>
  writeExport({
    organizations: [organization(name)],
    users: numbers(3).map((n) => user(`${name}${n}`, name, { role: n === 0 ? 'org_admin' : 'team_leader' })),
    teams: [team(`${name}team`, name, { members: [{ userId: `user_${name}1`, role: 'leader' }] })],
    auditLogs: numbers(logs).map((n) => auditLog(`${name}log${n}`, name)),
  });

async function dryRun(folder: string): Promise<Known> {
  return { folder, runId: (await command.run(folder)).runId };
}

beforeAll(async () => {
  command = await startImport();
  // The second one has several batches of audit logs.
  const [one, two] = [await dryRun(exportOf('one', 3)), await dryRun(exportOf('two', 45))];
  [lower, higher] = one.runId < two.runId ? [one, two] : [two, one];
});
afterAll(() => command.stop());

async function apply({ folder }: Known): Promise<void> {
  const { code, said } = await command.run(folder, '--apply');
  expect({ code, agrees: said.match(/agrees/g)?.length }).toEqual({ code: 0, agrees: 4 });
  expect(said).not.toContain('changed since');
}

async function undo({ runId }: Known): Promise<void> {
  const { code, said } = await command.run('--rollback', runId);
  expect({ code, kept: said.match(/kept/g) }).toEqual({ code: 0, kept: null });
}

/** All items, except the runs' own records. */
async function kinds(): Promise<Record<string, number>> {
  const items = (await itemsIn(command.plane)).filter(({ entity }) => entity !== 'importRun');
  const byKind = Object.groupBy(items, ({ entity }) => String(entity));
  return Object.fromEntries(Object.entries(byKind).map(([kind, of = []]) => [kind, of.length]));
}

describe('two exports, applied one after the other,', () => {
  it.each([
    { order: 'the lower id first, undone first', first: () => lower, undone: () => lower },
    { order: 'the lower id first, undone last', first: () => lower, undone: () => higher },
    { order: 'the higher id first, undone first', first: () => higher, undone: () => higher },
    { order: 'the higher id first, undone last', first: () => higher, undone: () => lower },
  ])('end, agree, and are undone each for itself: $order', async ({ first, undone }) => {
    const other = (one: Known) => (one === lower ? higher : lower);
    await apply(first());
    await apply(other(first()));
    expect(await kinds()).toMatchObject({ organization: 2, user: 6, team: 2, auditEntry: 48 });
    await undo(undone());
    // Applying it again only compares: everything that it imported is unchanged.
    await apply(other(undone()));
    await undo(other(undone()));
    expect(await kinds()).toEqual({});
  });
});

/**
 * Leaves a run in the state that earlier versions did: they read on into the records of the run whose id
 * sorts before, and never finished. It is being undone, and its records about users are overwritten with
 * the rest of the other run's.
 */
async function leaveHalfUndone({ runId }: Known): Promise<void> {
  const run = await findRun(command.plane, runId);
  if (run === null) throw new Error(`there is no ${runId}`);
  const actor = systemActor('import', `undo-${runId}`);
  await moveRun({ plane: command.plane, actor, clock: () => new Date() }, run, 'undoing');
  const notes = (await itemsIn(command.plane)).filter(({ entity }) => entity === 'importBatch');
  for (const { position } of notes)
    if (String(position).startsWith('1#'))
      await noteBatch(command.plane, runId, { position: String(position), keys: [] });
}

it('a run that an earlier version left half undone is undone to its end, and the other stays', async () => {
  await apply(lower);
  await apply(higher);
  await leaveHalfUndone(higher);
  await undo(higher);
  await apply(lower);
  await undo(lower);
  expect(await kinds()).toEqual({});
});
