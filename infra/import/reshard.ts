import { countDirectory, growDirectory } from '../../domain/organization/grow-directory.ts';
import { directoryShards, directoryShardsBefore } from '../../domain/table/layout.ts';
import { openForReshard } from '../../domain/table/tables.ts';
import { fileProblem, LocalProblem } from '../local/problem.ts';
import { ImportProblem } from './import-problem.ts';
import { openTarget } from './target.ts';

/** A row renamed while it is being moved is left to the next round. */
const rounds = 5;

/** Moves the remaining rows and reports the directory's state. Resolves to the exit code. */
async function reshard(): Promise<number> {
  const before = directoryShardsBefore;
  if (before === null || directoryShards % before !== 0)
    throw new ImportProblem(
      `The directory doesn't grow: set directoryShardsBefore in domain/table/layout.ts, and directoryShards to a multiple of it. See docs/runbook.md.`,
    );
  const { plane, name, close } = await openTarget(openForReshard);
  try {
    console.log(`\n  ${name}: from ${before} to ${directoryShards} shards`);
    let moved = 0;
    for (let round = 1; round <= rounds; round += 1) {
      await growDirectory(plane, { from: before, to: directoryShards }, (done) => {
        moved += done;
        if (done > 0) console.log(`  ${moved} moved`);
      });
      const { rows, misplaced, organizations, missing } = await countDirectory(plane, directoryShards);
      const total = rows.reduce((sum, count) => sum + count, 0);
      console.log(`  Rows: ${total} (${rows.join(', ')}). Organizations: ${organizations}.`);
      if (misplaced === 0 && missing === 0) {
        console.log('  Done: every organization stands where it belongs.\n');
        return 0;
      }
      console.log(`  ${misplaced} to be moved, ${missing} without a row: again.`);
    }
    return 1;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await reshard();
} catch (error) {
  const problem = fileProblem(error);
  const isKnown = problem instanceof LocalProblem || problem instanceof ImportProblem;
  console.error(isKnown ? problem.message : problem);
  process.exitCode = 1;
}
