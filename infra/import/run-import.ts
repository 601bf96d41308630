import { systemActor } from '../../domain/actor.ts';
import { applyOutcomes } from '../../domain/legacy/apply.service.ts';
import { legacyTables } from '../../domain/legacy/document.ts';
import { existingIn } from '../../domain/legacy/existing.service.ts';
import { beginRun, moveRun } from '../../domain/legacy/import-run.service.ts';
import { ImportProblem, withDatabase } from './import-problem.ts';
import { type LegacyExport, openExport } from './legacy-export.ts';
import { lineFile } from './line-file.ts';
import { readMapping } from './mapping.ts';
import type { Options } from './options.ts';
import { outcomesOf, type Plan, survey } from './plan-export.ts';
import { progress } from './progress.ts';
import { reconciled } from './reconciled.ts';
import { listOfFindings, printable, tableOfCounts } from './report.ts';
import type { Tally } from './tally.ts';
import type { Target } from './target.ts';

type ImportOptions = Extract<Options, { does: 'dry-run' | 'apply' }>;

/** Exit codes: all is well; something failed or doesn't add up; a person has to decide first. */
export const exit = { well: 0, failed: 1, undecided: 2 } as const;

/** A dry run, or an import. Says what it does on standard output; resolves to the exit code. */
export async function runImport(options: ImportOptions, target: Target): Promise<number> {
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
        `\n  Nothing was written: ${undecided} lines need a decision. Put it into the mapping file, or leave`,
      );
      console.log('  them in the quarantine file with --leave-undecided.\n');
      return exit.undecided;
    }
    return await apply(plan, target, { runId, tally });
  } finally {
    source.close();
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
    console.log(`  ${quarantine.count} documents and parts are kept in ${options.quarantine}`);
    console.log(`  ${clerkMetadata.count} users for Clerk are in ${options.clerkMetadata}`);
  }
  return result;
}

function tell({ ignored }: LegacyExport, tally: Tally, runId: string): void {
  console.log(`  run ${runId}\n\n${tableOfCounts(tally)}`);
  if (ignored.length > 0)
    console.log(
      `\n  Left out: ${printable(ignored.join(', '))}. Only ${legacyTables.join(', ')} are imported.`,
    );
  console.log(listOfFindings(tally));
}

/** An import of nothing is a mistake: the wrong file, or one that was cut off. */
function refuseNothing(file: string, tally: Tally): void {
  if (tally.sum('lines') === 0)
    throw new ImportProblem(
      `\n  ${file} holds no document of ${legacyTables.join(', ')}: there is nothing to import.\n`,
    );
  if (tally.sum('imported') + tally.sum('mapped') + tally.sum('undecided') === 0)
    throw new ImportProblem(
      `\n  Nothing of ${file} can be imported: every line is kept aside, for the reasons above.\n`,
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
      ? `\n  Dry run: nothing was written. To import: npm run import -- ${same} --apply\n`
      : `\n  Dry run: nothing was written. ${undecided} lines need a decision in the mapping file first.\n`,
  );
  return undecided === 0 ? exit.well : exit.undecided;
}

async function apply(
  plan: Plan,
  { plane }: Target,
  { runId, tally }: { readonly runId: string; readonly tally: Tally },
): Promise<number> {
  const actor = systemActor('import', runId);
  const lines = tally.sum('lines');
  let done = 'No line was imported this time';
  const goOn = () =>
    `${done}. To go on, run the same command again; to take it back: npm run import -- --rollback ${runId}`;
  const run = await withDatabase(
    () => beginRun(plane, actor, runId, new Date()),
    () => 'Nothing was imported.',
  );
  return await withDatabase(async () => {
    if (run.state === 'applied') console.log('\n  This was imported before: it is only compared again.');
    else {
      const shown = progress('lines imported', lines);
      const onBatch = (line: number) => {
        done = `${line} of ${lines} lines are imported`;
        shown.at(line);
      };
      // Each batch has its own time: one that is far from the table's clock would be told of as misdated.
      const adoption = {
        actor,
        revision: run.revision,
        get now() {
          return new Date();
        },
      };
      await applyOutcomes(plane, adoption, { runId, outcomes: outcomesOf(plan), onBatch });
      onBatch(lines);
      shown.end();
    }
    done = `All ${lines} lines are imported, and not yet compared`;
    if (!(await reconciled(plan, plane, { runId, lines }))) return exit.failed;
    if (run.state === 'applying') await moveRun(plane, actor, run, 'applied', new Date());
    console.log(`\n  Imported as ${runId}. To take it back: npm run import -- --rollback ${runId}\n`);
    return exit.well;
  }, goOn);
}
