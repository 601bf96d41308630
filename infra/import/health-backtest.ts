/**
 * `npm run health:backtest`: how well health would have separated organizations that left from those that
 * stayed. See docs/metrics.md.
 */

import { healthWeights, problemsOf } from '../../domain/organization/health-weights.schema.ts';
import { openForBacktest } from '../../domain/table/tables.ts';
import { backtestHealth, backtestReport, leadDays } from '../../domain/usage/health-backtest.ts';
import { ImportProblem } from './import-problem.ts';
import { openTarget } from './target.ts';

async function backtest(): Promise<void> {
  const problems = problemsOf(healthWeights);
  if (problems.length > 0) throw new ImportProblem(`The weights are wrong:\n${problems.join('\n')}`);
  const target = await openTarget(openForBacktest);
  try {
    console.log(`\nHealth ${leadDays} days before, ${target.name}`);
    console.log(backtestReport(await backtestHealth(target.plane, new Date())).join('\n'));
  } finally {
    await target.close();
  }
}

try {
  await backtest();
} catch (error) {
  console.error(error instanceof ImportProblem ? error.message : error);
  process.exitCode = 1;
}
