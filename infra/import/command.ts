import { LocalProblem } from '../local/problem.ts';
import { ImportProblem, withDatabase } from './import-problem.ts';
import { type Options, readOptions, usage } from './options.ts';
import { exit, runImport } from './run-import.ts';
import { runRollback } from './run-rollback.ts';
import { openTarget } from './target.ts';

async function run(options: Options): Promise<number> {
  if (options.does === 'help') {
    console.log(usage);
    return exit.well;
  }
  const target = await withDatabase(openTarget, () => 'Nothing was done.');
  try {
    if (options.does !== 'rollback') return await runImport(options, target);
    await runRollback(options.runId, target);
    return exit.well;
  } finally {
    await target.close();
  }
}

/** `npm run import -- <parameters>`: does what they say, and says how it went. Resolves to the exit code. */
export async function importCommand(parameters: readonly string[]): Promise<number> {
  try {
    return await run(readOptions([...parameters]));
  } catch (error) {
    const expected = error instanceof ImportProblem || error instanceof LocalProblem;
    console.error(expected ? error.message : error);
    return exit.failed;
  }
}
