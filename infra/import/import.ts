import { parseArgs } from 'node:util';
import * as z from 'zod';
import { systemActor } from '../../domain/actor.ts';
import { type LegacyTable, legacyTables } from '../../domain/import/document.ts';
import { countNoted, findRun } from '../../domain/import/import-run.ts';
import type { ImportedKey } from '../../domain/import/outcome.ts';
import { type Undone, undoImport } from '../../domain/import/undo-import.ts';
import { schemaWords } from '../../domain/words.schema.ts';
import { LocalProblem } from '../local/problem.ts';
import { ImportProblem, withDatabase } from './import-problem.ts';
import { progress } from './report.ts';
import { exit, type ImportOptions, runImport } from './run-import.ts';
import { openTarget, type Target } from './target.ts';

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

/** Undoes a run and reports what was kept, and why. */
async function runRollback(runId: string, { plane, name }: Target): Promise<void> {
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

z.config(schemaWords);

/** The parsed command line. */
type Options =
  | { readonly does: 'help' }
  | { readonly does: 'rollback'; readonly runId: string }
  | ImportOptions;

const usage = `
  npm run import -- <export>                      dry run: shows what an import would do, writes nothing
  npm run import -- <export> --apply              imports
  npm run import -- --rollback <run>              undoes an import: removes what it created and nobody has changed since

  <export>   a zip file or folder of a Convex export (<table>/documents.jsonl), or a JSON Lines file that names
             the table in each line: {"table": "teams", ...}; or the ZIP file of an organization that left another stage

  --table <name>          the table, for a file whose lines don't name it: ${legacyTables.join(', ')}
  --mapping <file>        your decisions, JSON
  --report <file>         writes every finding to a file, JSON Lines
  --quarantine <file>     what is set aside, JSON Lines (default: <export>.quarantine.jsonl, written with --apply)
  --clerk-metadata <file> what Clerk needs to know about each user, JSON Lines (default: <export>.clerk.jsonl, with --apply)
  --leave-undecided       imports even if decisions are missing; what needs one is set aside
  --dry-run               the default

  Imports into the table TABLE_NAME with your AWS credentials, or into the product on this machine if TABLE_NAME isn't set.
  Exit codes: 0 success, 2 decisions needed, 1 failed.
`;

/** Parses the command line. Throws `ImportProblem` for invalid combinations. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [file, ...more] = positionals;
  if (values.help === true) return { does: 'help' };
  if (values.rollback !== undefined) {
    if (file !== undefined) throw new ImportProblem('--rollback takes a run, not an export.');
    return { does: 'rollback', runId: values.rollback };
  }
  if (file === undefined || more.length > 0) throw new ImportProblem(`Name exactly one export.\n${usage}`);
  if (values.apply === true && values['dry-run'] === true)
    throw new ImportProblem('Use either --apply or --dry-run, not both.');
  const beside = file.replace(/[/\\]+$/, '');
  return {
    does: values.apply === true ? 'apply' : 'dry-run',
    file,
    table: tableNamed(values.table),
    mapping: values.mapping,
    report: values.report,
    quarantine: values.quarantine ?? `${beside}.quarantine.jsonl`,
    clerkMetadata: values['clerk-metadata'] ?? `${beside}.clerk.jsonl`,
    leaveUndecided: values['leave-undecided'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        apply: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        table: { type: 'string' },
        mapping: { type: 'string' },
        report: { type: 'string' },
        quarantine: { type: 'string' },
        'clerk-metadata': { type: 'string' },
        'leave-undecided': { type: 'boolean' },
        rollback: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new ImportProblem(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function tableNamed(name: string | undefined): LegacyTable | undefined {
  const table = legacyTables.find((one) => one === name);
  if (name !== undefined && table === undefined)
    throw new ImportProblem(`--table must be one of ${legacyTables.join(', ')}.`);
  return table;
}

async function run(options: Options): Promise<number> {
  if (options.does === 'help') {
    console.log(usage);
    return exit.well;
  }
  const target = await withDatabase(openTarget, () => 'Nothing was changed.');
  try {
    if (options.does !== 'rollback') return await runImport(options, target);
    await runRollback(options.runId, target);
    return exit.well;
  } finally {
    await target.close();
  }
}

/** `npm run import -- <parameters>`. Resolves to the exit code. */
export async function importCommand(parameters: readonly string[]): Promise<number> {
  try {
    return await run(readOptions([...parameters]));
  } catch (error) {
    const expected = error instanceof ImportProblem || error instanceof LocalProblem;
    console.error(expected ? error.message : error);
    return exit.failed;
  }
}

if (import.meta.main) process.exitCode = await importCommand(process.argv.slice(2));
