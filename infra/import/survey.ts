import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { SourceLine } from '../../domain/import/document.ts';
import type { Mapping } from '../../domain/import/mapping.schema.ts';
import type { ImportedUser, Outcome } from '../../domain/import/outcome.ts';
import { beginPlan, runIdBuilder } from '../../domain/import/plan-import.ts';
import type { Existing } from '../../domain/import/plan-state.ts';
import type { LegacyExport } from './legacy-export.ts';
import { progress, Tally } from './report.ts';

/** What is imported, and the mapping. */
export interface Plan {
  readonly source: LegacyExport;
  readonly mapping: Mapping;
  readonly existing: Existing;
}

/** The export's lines in import order. */
async function* linesOf(source: LegacyExport): AsyncGenerator<SourceLine> {
  for (const table of source.tables) yield* source.lines(table);
}

/** The outcome of each line; deterministic. */
export async function* outcomesOf({ source, mapping, existing }: Plan): AsyncGenerator<Outcome> {
  const planner = beginPlan(mapping, existing);
  for await (const line of linesOf(source)) yield await planner.plan(line);
}

/** Where findings and quarantined documents are written. */
interface SurveyFiles {
  readonly report: LineFile;
  readonly quarantine: LineFile;
  readonly clerkMetadata: LineFile;
}

/**
 * Reads the whole export without writing to the table: the outcomes, and the id of the run that would
 * import it.
 */
export async function survey(
  { source, mapping, existing }: Plan,
  { report, quarantine, clerkMetadata }: SurveyFiles,
): Promise<{ readonly tally: Tally; readonly runId: string }> {
  const tally = new Tally();
  const run = runIdBuilder(mapping);
  const planner = beginPlan(mapping, existing);
  const shown = progress('lines read');
  for await (const line of linesOf(source)) {
    run.add(line);
    const outcome = await planner.plan(line);
    tally.add(outcome);
    for (const finding of outcome.findings) await report.write(finding);
    for (const kept of outcome.quarantined) await quarantine.write(kept);
    if (outcome.imported?.kind === 'user') await clerkMetadata.write(clerkMetadataOf(outcome.imported));
    shown.at(tally.sum('lines'));
  }
  for (const finding of planner.conclude()) {
    tally.note(finding);
    await report.write(finding);
  }
  shown.end();
  return { tally, runId: run.id() };
}

/** The metadata that Clerk needs for a user, so that session tokens contain the organization. */
const clerkMetadataOf = ({ userId, organizationId }: ImportedUser) => ({
  user_id: userId,
  public_metadata: { organizationId },
});

/** A JSON lines file, written incrementally. */
interface LineFile {
  /** How many lines it has. */
  readonly count: number;
  write(value: unknown): Promise<void>;
  close(): Promise<void>;
}

/**
 * Creates the file with access for its owner only, since exports contain personal data. Without a path
 * nothing is written.
 */
export function lineFile(path: string | undefined): LineFile {
  const stream = path === undefined ? undefined : createWriteStream(path, { mode: 0o600 });
  let count = 0;
  return {
    get count() {
      return count;
    },
    async write(value) {
      count += 1;
      if (stream !== undefined && !stream.write(`${JSON.stringify(value)}\n`)) await once(stream, 'drain');
    },
    async close() {
      if (stream === undefined) return;
      stream.end();
      await finished(stream);
    },
  };
}
