import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type LegacyTable, legacyTables } from '../../domain/import/document.ts';
import { schemaWords } from '../../domain/words.schema.ts';
import { LocalProblem } from '../local/problem.ts';
import { ImportProblem, withDatabase } from './import-problem.ts';
import { exit, type ImportOptions, runImport } from './run-import.ts';
import { runRollback } from './run-rollback.ts';
import { openTarget } from './target.ts';

z.config(schemaWords);

/** What the command line asks for. */
type Options =
  | { readonly does: 'help' }
  | { readonly does: 'rollback'; readonly runId: string }
  | ImportOptions;

const usage = `
  npm run import -- <export>                      dry run: says what an import would do, writes nothing
  npm run import -- <export> --apply              imports
  npm run import -- --rollback <run>              takes away what a run created and nobody has changed since

  <export>   a zip or a folder of a Convex export (<table>/documents.jsonl), or a file of JSON lines that each
             name their table: {"table": "teams", ...}

  --table <name>          the table of a file whose lines name none: ${legacyTables.join(', ')}
  --mapping <file>        decisions that the documents don't hold, JSON
  --report <file>         every finding, JSON lines
  --quarantine <file>     what is kept aside, JSON lines (default: <export>.quarantine.jsonl, written by --apply)
  --clerk-metadata <file> what Clerk has to know of each user, JSON lines (default: <export>.clerk.jsonl, by --apply)
  --leave-undecided       imports although decisions are missing: what needs one is kept aside
  --dry-run               the default, to say it

  Into the table TABLE_NAME with your AWS credentials, or into the product on this machine when TABLE_NAME is not set.
  Ends with 0 when all is well, 2 when decisions are needed, 1 when something failed.
`;

/** Reads the command line. Throws `ImportProblem` about what can't be meant. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [file, ...more] = positionals;
  if (values.help === true) return { does: 'help' };
  if (values.rollback !== undefined) {
    if (file !== undefined) throw new ImportProblem('--rollback takes a run and no export.');
    return { does: 'rollback', runId: values.rollback };
  }
  if (file === undefined || more.length > 0) throw new ImportProblem(`Name one export.\n${usage}`);
  if (values.apply === true && values['dry-run'] === true)
    throw new ImportProblem('--apply and --dry-run exclude each other.');
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

if (import.meta.main) process.exitCode = await importCommand(process.argv.slice(2));
