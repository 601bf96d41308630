import { systemActor } from '../../domain/actor.ts';
import { countNoted, findRun } from '../../domain/import/import-run.ts';
import type { ImportedKey } from '../../domain/import/outcome.ts';
import { type Undone, undoImport } from '../../domain/import/undo-import.ts';
import { ImportProblem, withDatabase } from './import-problem.ts';
import { progress } from './report.ts';
import type { Target } from './target.ts';

const nameOf = (key: ImportedKey): string => {
  switch (key.kind) {
    case 'organization':
      return `organization ${key.organizationId}`;
    case 'user':
      return `user ${key.userId} of ${key.organizationId}`;
    case 'team':
      return `team ${key.teamId} of ${key.organizationId}`;
    case 'auditEntry':
      return `audit log entry ${key.id} of ${key.organizationId}`;
  }
};

const words: Record<Undone, string> = {
  removed: 'removed',
  gone: 'already gone',
  changed: 'kept, because it has been changed since',
  'in-use': 'kept, because something else is in it',
};

/** Takes a run back and says what was kept, and why. */
export async function runRollback(runId: string, { plane, name }: Target): Promise<void> {
  const again = 'Run the same command again to continue.';
  const run = await withDatabase(
    () => findRun(plane, runId),
    () => again,
  );
  if (run === null) throw new ImportProblem(`Run ${runId} not found in ${name}.`);
  if (run.state === 'undone') {
    console.log(`\n  Run ${runId} is already undone.\n`);
    return;
  }
  const counts = new Map<Undone, number>();
  let done = 0;
  await withDatabase(
    async () => {
      const shown = progress('undone', await countNoted(plane, runId));
      const onUndone = (key: ImportedKey, undone: Undone) => {
        counts.set(undone, (counts.get(undone) ?? 0) + 1);
        if (undone === 'changed' || undone === 'in-use') console.log(`  ${nameOf(key)}: ${words[undone]}`);
        done += 1;
        shown.at(done);
      };
      const actor = systemActor('import', `undo-${runId}`);
      await undoImport({ plane, actor, clock: () => new Date() }, run, onUndone);
      shown.end();
    },
    () => `Undone so far: ${done}. ${again}`,
  );
  console.log(`\n  Run ${runId} is undone:`);
  for (const [undone, count] of counts) console.log(`  ${String(count).padStart(8)} ${words[undone]}`);
  console.log('');
}
