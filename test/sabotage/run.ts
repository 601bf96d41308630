/**
 * `npm run sabotage`: weakens one line of the product at a time, in a copy, and runs the tests that must
 * fail. Exits with 1 if a weakening survives. `-- identity webhook`: only those in files with such names.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { table } from '../runner/table.ts';
import { copyProject } from '../support/project-copy.ts';
import type { Weakening } from './weakening.ts';
import { weakenings } from './weakenings.ts';

const Report = z.object({
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const words = process.argv.slice(2);
const wanted = weakenings.filter(
  ({ file }) => words.length === 0 || words.some((word) => file.includes(word)),
);

/** Files outside the sources that test projects read. */
const project = copyProject(['test', 'docs', 'vitest.config.ts']);

/** Runs tests in the copy: the names of the failed ones, or null if one couldn't even start. */
function failedTests(projects: readonly string[], tests: readonly string[]): string[] | null {
  const report = join(project.directory, 'report.json');
  writeFileSync(report, '{"testResults":[]}');
  const { status } = spawnSync(
    process.execPath,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--bail=1', '--reporter=json', `--outputFile=${report}`],
      ...projects.flatMap((name) => ['--project', name]),
      ...tests,
    ],
    { cwd: project.directory, stdio: 'ignore' },
  );
  const { testResults } = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ fullName, status: came }) => (came === 'failed' ? [fullName] : [])),
  );
  return status !== 0 && failed.length === 0 ? null : failed;
}

/** The test that failed because of the weakening; `survived` if none did. */
function outcomeOf({ file, from, to, project: name, tests }: Weakening): string {
  const path = join(project.directory, file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    whole.replace(from, () => to),
  );
  try {
    const failed = failedTests([name], tests);
    return failed === null ? 'no test could begin' : (failed[0] ?? 'survived');
  } finally {
    writeFileSync(path, whole);
  }
}

try {
  const untouched = failedTests(
    [...new Set(wanted.map((weakening) => weakening.project))],
    [...new Set(wanted.flatMap(({ tests }) => tests))],
  );
  if (untouched?.length !== 0)
    throw new Error(`they fail without sabotage: ${untouched?.join(', ') ?? 'at once'}`);
  const rows = wanted.map((weakening) => {
    const started = performance.now();
    const outcome = outcomeOf(weakening);
    const seconds = (performance.now() - started) / 1000;
    const isNoticed = outcome !== 'survived' && outcome !== 'no test could begin';
    console.log(
      `${isNoticed ? '✓' : '✗'} ${weakening.what} (${seconds.toFixed(1)} s)\n  ${weakening.file}: ${outcome}`,
    );
    return { weakening, outcome, isNoticed };
  });
  console.log(
    `\n${table([
      ['weakening', 'in', 'noticed'],
      ...rows.map(({ weakening, isNoticed }) => [
        weakening.what,
        weakening.file.replace(/^.*\//, ''),
        isNoticed ? 'yes' : 'NO',
      ]),
    ])}`,
  );
  const survived = rows.filter(({ isNoticed }) => !isNoticed);
  console.log(`\n${rows.length} weakenings, ${survived.length} survived`);
  process.exitCode = survived.length === 0 ? 0 : 1;
} finally {
  project.remove();
}
