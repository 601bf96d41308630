import { readFileSync } from 'node:fs';
import { systemActor } from '../../domain/actor.ts';
import { applyImport } from '../../domain/import/apply-import.ts';
import { type LegacyTable, legacyTables } from '../../domain/import/document.ts';
import { beginRun, moveRun } from '../../domain/import/import-run.ts';
import { Mapping } from '../../domain/import/mapping.schema.ts';
import type { Outcome } from '../../domain/import/outcome.ts';
import { existingIn } from '../../domain/import/plan-import.ts';
import {
  isReconciled,
  reconcileImport,
  showChecksum,
  type TableReconciliation,
} from '../../domain/import/reconcile-import.ts';
import type { ControlPlane } from '../../domain/table/scope.ts';
import { ImportProblem, withDatabase } from './import-problem.ts';
import { isZip, type LegacyExport, openExport } from './legacy-export.ts';
import {
  importOrganizationExport,
  type OrganizationExport,
  openOrganizationExport,
} from './organization-export.ts';
import { listOfFindings, printable, progress, type Tally, tableOfCounts } from './report.ts';
import { lineFile, outcomesOf, type Plan, survey } from './survey.ts';
import type { Target } from './target.ts';
import { openZip } from './zip-export.ts';

/** Options of a dry run or an import; files are paths. */
export interface ImportOptions {
  readonly does: 'dry-run' | 'apply';
  readonly file: string;
  readonly table: LegacyTable | undefined;
  readonly mapping: string | undefined;
  readonly report: string | undefined;
  readonly quarantine: string;
  readonly clerkMetadata: string;
  /** Leaves undecided documents in the quarantine file. */
  readonly leaveUndecided: boolean;
}

/** Exit codes: success; a failure or mismatch; a decision is needed first. */
export const exit = { well: 0, failed: 1, undecided: 2 } as const;

/** A dry run or an import. Reports on standard output; resolves to the exit code. */
export async function runImport(options: ImportOptions, target: Target): Promise<number> {
  const own = await ofOrganization(options.file);
  if (own !== null) return await importOwn(own, options, target);
  const source = await openExport(options.file, options.table);
  try {
    const plan = { source, mapping: readMapping(options.mapping), existing: existingIn(target.plane) };
    console.log(`\n  ${options.file} into ${target.name}`);
    const { tally, runId } = await withDatabase(
      () => surveyed(options, plan),
      () => 'Nothing was written. Run the same command again.',
    );
    tell(source, tally, runId);
    refuseNothing(options.file, tally);
    const undecided = tally.sum('undecided');
    if (options.does === 'dry-run') return dryRunSays(options, undecided);
    if (undecided > 0 && !options.leaveUndecided) {
      console.log(
        `\n  Nothing was written. ${undecided} lines need a decision. Add it to the mapping file, or leave`,
      );
      console.log('  them in the quarantine file with --leave-undecided.\n');
      return exit.undecided;
    }
    return await apply(plan, target, { runId, tally });
  } finally {
    source.close();
  }
}

/** This product's export of an organization; null for a legacy one. */
async function ofOrganization(file: string): Promise<OrganizationExport | null> {
  if (!isZip(file)) return null;
  const files = await openZip(file);
  const found = await openOrganizationExport(files);
  if (found === null) files.close();
  return found;
}

async function importOwn(
  found: OrganizationExport,
  { does }: ImportOptions,
  { plane, name }: Target,
): Promise<number> {
  console.log(`  Into ${name}`);
  try {
    const asked = { applies: does === 'apply', now: new Date() };
    return (await importOrganizationExport(found, plane, asked)) ? exit.well : exit.failed;
  } finally {
    found.files.close();
  }
}

async function surveyed(options: ImportOptions, plan: Plan) {
  const applies = options.does === 'apply';
  const files = {
    report: lineFile(options.report),
    quarantine: lineFile(applies ? options.quarantine : undefined),
    clerkMetadata: lineFile(applies ? options.clerkMetadata : undefined),
  };
  const result = await survey(plan, files);
  await Promise.all(Object.values(files).map((file) => file.close()));
  const { quarantine, clerkMetadata } = files;
  if (applies) {
    console.log(`  Set aside: ${quarantine.count} documents and parts, in ${options.quarantine}`);
    console.log(`  For Clerk: ${clerkMetadata.count} users, in ${options.clerkMetadata}`);
  }
  return result;
}

function tell({ ignored }: LegacyExport, tally: Tally, runId: string): void {
  console.log(`  run ${runId}\n\n${tableOfCounts(tally)}`);
  if (ignored.length > 0)
    console.log(
      `\n  Skipped: ${printable(ignored.join(', '))}. Only ${legacyTables.join(', ')} are imported.`,
    );
  console.log(listOfFindings(tally));
}

/** An empty import is a mistake: the wrong file, or a truncated one. */
function refuseNothing(file: string, tally: Tally): void {
  if (tally.sum('lines') === 0)
    throw new ImportProblem(
      `\n  There is nothing to import: ${file} has no documents of ${legacyTables.join(', ')}.\n`,
    );
  if (tally.sum('imported') + tally.sum('mapped') + tally.sum('undecided') === 0)
    throw new ImportProblem(
      `\n  Nothing in ${file} can be imported: every line is set aside, for the reasons above.\n`,
    );
}

function dryRunSays({ file, table, mapping }: ImportOptions, undecided: number): number {
  const same = [
    file,
    ...(table === undefined ? [] : ['--table', table]),
    ...(mapping === undefined ? [] : ['--mapping', mapping]),
  ]
    .map((argument) => (/^[\w./-]+$/.test(argument) ? argument : JSON.stringify(argument)))
    .join(' ');
  console.log(
    undecided === 0
      ? `\n  Dry run: nothing was written. To import, run: npm run import -- ${same} --apply\n`
      : `\n  Dry run: nothing was written. ${undecided} lines need a decision in the mapping file first.\n`,
  );
  return undecided === 0 ? exit.well : exit.undecided;
}

async function apply(
  plan: Plan,
  { plane }: Target,
  { runId, tally }: { readonly runId: string; readonly tally: Tally },
): Promise<number> {
  const importer = { plane, actor: systemActor('import', runId), clock: () => new Date() };
  const lines = tally.sum('lines');
  let done = 'No lines were imported this time';
  const goOn = () =>
    `${done}. To continue, run the same command again. To undo: npm run import -- --rollback ${runId}`;
  const run = await withDatabase(
    () => beginRun(importer, runId),
    () => 'Nothing was imported.',
  );
  return await withDatabase(async () => {
    if (run.state === 'applied') console.log('\n  Already imported. Comparing again.');
    else {
      const shown = progress('lines imported', lines);
      const onBatch = (line: number) => {
        done = `${line} of ${lines} lines are imported`;
        shown.at(line);
      };
      await applyImport(importer, { run, outcomes: outcomesOf(plan), onBatch });
      onBatch(lines);
      shown.end();
    }
    done = `All ${lines} lines are imported but not compared yet`;
    if (!(await reconciled(plan, plane, { runId, lines }))) return exit.failed;
    if (run.state === 'applying') await moveRun(importer, run, 'applied');
    console.log(`\n  Imported as ${runId}. To undo: npm run import -- --rollback ${runId}\n`);
    return exit.well;
  }, goOn);
}

/** Reads the mapping; empty without a file. Throws `ImportProblem` that names what is wrong. */
function readMapping(path: string | undefined): Mapping {
  if (path === undefined) return Mapping.parse({});
  const result = Mapping.safeParse(read(path));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path: at, message }) => `  ${at.join('.') || 'the file'}: ${message}`,
  );
  throw new ImportProblem(`The mapping ${path} isn’t valid:\n${problems.join('\n')}`);
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ImportProblem(
      `The mapping ${path} can't be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

async function* counted(
  outcomes: AsyncIterable<Outcome>,
  at: (lines: number) => void,
): AsyncGenerator<Outcome> {
  let lines = 0;
  for await (const outcome of outcomes) {
    yield outcome;
    lines += 1;
    at(lines);
  }
}

/**
 * Reads back what was imported and reports per table whether counts and checksums match. Resolves to
 * whether all do.
 */
async function reconciled(
  plan: Plan,
  plane: ControlPlane,
  { runId, lines }: { readonly runId: string; readonly lines: number },
): Promise<boolean> {
  const shown = progress('lines compared', lines);
  const tables = await reconcileImport(plane, runId, counted(outcomesOf(plan), shown.at));
  shown.end();
  console.log('\n  Read back from the table: count and checksum\n');
  for (const table of tables) console.log(`  ${table.table.padEnd(14)} ${verdict(table)}`);
  return tables.every(isReconciled);
}

function verdict(table: TableReconciliation): string {
  const since = table.changedSince === 0 ? '' : `, ${table.changedSince} changed since or already there`;
  if (isReconciled(table)) return `agrees: ${showChecksum(table.found)}${since}`;
  const places = (lines: TableReconciliation['missing']) => lines.slice(0, 10).map(({ line }) => line);
  return [
    `DIFFERS: expected ${showChecksum(table.expected)}, found ${showChecksum(table.found)}${since}`,
    ...(table.missing.length > 0 ? [`missing: lines ${places(table.missing)}`] : []),
    ...(table.different.length > 0 ? [`different: lines ${places(table.different)}`] : []),
  ].join('\n                 ');
}
