import { readFile } from 'node:fs/promises';
import * as z from 'zod';

/** How many tests of a run passed, failed, and were skipped (or "todo"). */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly leftOut: number;
}

/** The counted part of vitest's JSON report. A file that fails to load fails no test, only its suite. */
const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Totals of a vitest JSON report; a test file that couldn't be loaded counts as one failed test. */
export const totalsOf = (report: unknown): Totals => {
  const parsed = Report.parse(report);
  const unloaded = parsed.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + unloaded.length,
    leftOut: parsed.numPendingTests + parsed.numTodoTests,
  };
};

/** Reads vitest's report; undefined if vitest ended before it wrote one. */
export const readTotals = async (file: string): Promise<Totals | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : totalsOf(JSON.parse(text));
};
