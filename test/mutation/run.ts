/**
 * `npm run mutation`: changes one expression of what keeps organizations and roles apart after the other, and
 * runs the tests that must notice (test/mutation/targets.ts). `MUTATE=cursor,guard npm run mutation` does
 * some of it. Exits with 1 below 90 %.
 */
import { Stryker } from '@stryker-mutator/core';
import { table } from '../runner/table.ts';
import { chosenTargets } from './chosen-targets.ts';
import { options } from './stryker.config.ts';

const least = 90;
const noticed = ['Killed', 'Timeout', 'RuntimeError'];
const counted = [...noticed, 'Survived', 'NoCoverage'];

const results = await new Stryker(options()).runMutationTest();
const valid = results.filter(({ status }) => counted.includes(status));
const relative = (fileName: string) => fileName.replace(`${process.cwd()}/`, '');
const score = (mutants: typeof valid) =>
  (100 * mutants.filter(({ status }) => noticed.includes(status)).length) / Math.max(1, mutants.length);

for (const { fileName, location, replacement, mutatorName, status } of valid)
  if (!noticed.includes(status))
    console.log(
      `${relative(fileName)}:${location.start.line}:${location.start.column} ${status} ${mutatorName}: ${replacement}`,
    );

const rows = chosenTargets().map(({ what, files }) => {
  const own = valid.filter(({ fileName }) => files.includes(relative(fileName)));
  return [
    what,
    String(own.length),
    String(own.filter(({ status }) => !noticed.includes(status)).length),
    `${score(own).toFixed(1)} %`,
  ];
});
console.log(
  `\n${table([['what', 'mutants', 'survived', 'score'], ...rows, ['all', String(valid.length), String(valid.filter(({ status }) => !noticed.includes(status)).length), `${score(valid).toFixed(1)} %`]])}`,
);
process.exitCode = score(valid) >= least ? 0 : 1;
