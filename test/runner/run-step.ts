import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Step } from './steps.ts';
import { readTotals } from './totals.ts';

export interface StepResult {
  readonly step: Step;
  readonly ok: boolean;
  readonly seconds: number;
  /** The script's output, both streams in order. */
  readonly output: string;
  readonly passed: number;
  readonly failed: number;
}

interface Exit {
  readonly code: number;
  readonly output: string;
}

const runScript = async (script: string, args: readonly string[]): Promise<Exit> => {
  // `node --run` is `npm run` without npm's own start-up time.
  const child = spawn(process.execPath, ['--run', script, '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Node caches compiled code, which makes each process of a step load packages faster.
    env: { ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/mtcms/compiled' },
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : 1, output: chunks.join('') };
};

/**
 * Runs one step to its end. A step of tests also fails if a test was skipped, since a skipped test guards
 * nothing. A step that fails without a failing test counts as one failure, so that the totals don't report
 * "0 failed".
 */
export const runStep = async (step: Step): Promise<StepResult> => {
  const report = `test/artifacts/results/${step.script.replace(':', '-')}.json`;
  await rm(report, { force: true });
  const started = performance.now();
  const exit = await runScript(
    step.script,
    step.tests ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [],
  );
  const seconds = (performance.now() - started) / 1000;
  const totals = step.tests ? await readTotals(report) : undefined;
  const leftOut = totals?.leftOut ?? 0;
  const ok = exit.code === 0 && leftOut === 0 && (!step.tests || totals !== undefined);
  const failed = totals?.failed ?? 0;
  return {
    step,
    ok,
    seconds,
    output: leftOut > 0 ? `${exit.output}\n${leftOut} tests were skipped or left to do.\n` : exit.output,
    passed: totals?.passed ?? 0,
    failed: ok ? 0 : Math.max(1, failed),
  };
};
