/**
 * `npm test`: every check of CI, in order, until one fails. Prints each step's result, the output of a
 * failed step, and on the last line the totals of all tests. Exits with 1 if anything failed.
 */
import { runStep, type StepResult } from './runner/run-step.ts';
import { stages } from './runner/steps.ts';

/** Test output that is worth reading even on success. */
const figures = /(?<=^\S*)figures: .*$/gm;

const report = ({ step, ok, seconds, output, passed }: StepResult): void => {
  const tests = step.tests ? `, ${passed} tests` : '';
  console.log(`${ok ? '✓' : '✗'} ${step.title} (${seconds.toFixed(1)} s${tests})`);
  if (!ok || step.prints) console.log(`\n${output.trim()}\n`);
  else for (const [line] of output.matchAll(figures)) console.log(`    ${line}`);
  if (!ok) console.log(`To run this step alone: npm run ${step.script}\n`);
};

const started = performance.now();
const results: StepResult[] = [];
for (const stage of stages) {
  const finished = await Promise.all(
    stage.map(async (step) => {
      const result = await runStep(step);
      report(result);
      return result;
    }),
  );
  results.push(...finished);
  if (finished.some(({ ok }) => !ok)) break;
}

const sum = (of: (result: StepResult) => number): number =>
  results.reduce((total, result) => total + of(result), 0);
const stepsLeft = stages.flat().length - results.length;
console.log(
  `${((performance.now() - started) / 1000).toFixed(0)} s${stepsLeft > 0 ? `, ${stepsLeft} steps not run` : ''}`,
);
console.log(`${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
