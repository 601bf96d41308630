/**
 * `npm run mutation`: mutates the code that separates organizations and roles, one expression at a time,
 * and runs the tests that must fail (test/mutation/targets.ts). `MUTATE=cursor,guard npm run mutation` runs
 * a part. Exits with 1 below 90 %.
 */
import { Stryker } from '@stryker-mutator/core';
import { table } from '../runner/table.ts';
import { chosenTargets } from './chosen-targets.ts';
import { options } from './stryker.config.ts';
import { reasonFor } from './survivors.ts';

const least = 90;
const noticed = ['Killed', 'Timeout', 'RuntimeError'];
const counted = [...noticed, 'Survived', 'NoCoverage'];

const results = await new Stryker(options()).runMutationTest();
const valid = results.filter(({ status }) => counted.includes(status));
const relative = (fileName: string) => fileName.replace(`${process.cwd()}/`, '');
const lived = (mutants: typeof valid) => mutants.filter(({ status }) => !noticed.includes(status));
const score = (mutants: typeof valid) =>
  (100 * (mutants.length - lived(mutants).length)) / Math.max(1, mutants.length);
const why = ({ fileName, location }: (typeof valid)[number]) => reasonFor(relative(fileName), location.start);

for (const mutant of lived(valid)) {
  const { fileName, location, replacement, mutatorName, status } = mutant;
  const place = `${relative(fileName)}:${location.start.line}:${location.start.column}`;
  console.log(`${place} ${status} ${mutatorName}: ${replacement}\n  ${why(mutant) ?? 'WITHOUT A REASON'}`);
}

const row = (what: string, mutants: typeof valid) => {
  const without = lived(mutants).filter((mutant) => why(mutant) === undefined);
  const counts = [mutants.length, lived(mutants).length, without.length].map(String);
  return [what, ...counts, `${score(mutants).toFixed(1)} %`];
};
const rows = chosenTargets().map(({ what, files }) =>
  row(
    what,
    valid.filter(({ fileName }) => files.includes(relative(fileName))),
  ),
);
const heads = ['what', 'mutants', 'survived', 'without a reason', 'score'];
console.log(`\n${table([heads, ...rows, row('all', valid)])}`);
process.exitCode = score(valid) >= least ? 0 : 1;
