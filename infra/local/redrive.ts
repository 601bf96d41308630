import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { fileProblem, LocalProblem } from './problem.ts';
import { runningOrigin } from './running.ts';

/** What the function `redrive` answers. */
const Report = z.object({
  objects: z.number(),
  records: z.number(),
  failing: z.array(z.object({ key: z.string(), reason: z.string(), eventIds: z.array(z.string()) })),
  waiting: z.number(),
});
type Report = z.infer<typeof Report>;

/** Runs the function once. */
type Run = () => Promise<Report>;

const environment = z.object({
  REDRIVE_FUNCTION_NAME: z.string().min(1).optional(),
  MTCMS_DYNAMODB_ENDPOINT: z.url().optional(),
  MTCMS_STATE_DIRECTORY: z
    .string()
    .min(1)
    .default(join(import.meta.dirname, '../../.local')),
});

/** A run of the deployed function, with the AWS credentials of this shell, which may invoke it. */
function onAws(FunctionName: string): Run {
  // A run takes a quarter of an hour at most.
  const client = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 960_000 } });
  const Payload = Buffer.from(JSON.stringify({ does: 'replay' }));
  return async () => {
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
    const text = answer.Payload?.transformToString() ?? 'null';
    if (answer.FunctionError !== undefined) throw new LocalProblem(`${FunctionName} failed: ${text}`);
    return Report.parse(JSON.parse(text));
  };
}

const Outcome = z.union([
  z.object({ ok: z.literal(true), payload: Report }),
  z.object({ ok: z.literal(false), error: z.object({ errorMessage: z.string() }) }),
]);

/** A run of the same function in the product on this machine. */
function at(origin: string): Run {
  return async () => {
    const headers = { accept: 'application/json' };
    const response = await fetch(`${origin}/local/redrive`, { method: 'POST', headers });
    const outcome = Outcome.parse(await response.json());
    if (!outcome.ok) throw new LocalProblem(`The replay failed: ${outcome.error.errorMessage}`);
    return outcome.payload;
  };
}

/** Runs until nothing waits, or a run gets nowhere: one that has no time left leaves the rest to the next. */
async function replayAll(run: Run): Promise<Report> {
  const total = { objects: 0, records: 0 };
  for (;;) {
    const report = await run();
    total.objects += report.objects;
    total.records += report.records;
    if (report.waiting === 0 || report.objects === 0) return { ...report, ...total };
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function tell({ objects, records, failing, waiting }: Report): void {
  if (objects + waiting === 0) console.log('\n  The failure bucket is empty. There is nothing to replay.\n');
  else
    console.log(
      `\n  Replayed: ${counted(records, 'record')} in ${counted(objects, 'object')}. Still waiting: ${counted(waiting, 'object')}.\n`,
    );
  for (const { key, reason, eventIds } of failing)
    console.log(`  ${key}\n    ${reason}\n    events: ${eventIds.join(', ') || 'unknown'}\n`);
}

/** `npm run redrive`: see docs/runbook.md. Resolves to the exit code: 1 when something is left. */
async function redrive(): Promise<number> {
  const { REDRIVE_FUNCTION_NAME, MTCMS_STATE_DIRECTORY, MTCMS_DYNAMODB_ENDPOINT } = environment.parse(
    process.env,
  );
  if (REDRIVE_FUNCTION_NAME !== undefined) return finish(await replayAll(onAws(REDRIVE_FUNCTION_NAME)));
  const origin = await runningOrigin(MTCMS_STATE_DIRECTORY);
  if (origin !== undefined) return finish(await replayAll(at(origin)));
  // Imported on demand, because a product that runs needs no second one.
  const { startProduct } = await import('./product.ts');
  const product = await startProduct({
    port: 0,
    stateDirectory: MTCMS_STATE_DIRECTORY,
    dynamodbEndpoint: MTCMS_DYNAMODB_ENDPOINT,
  });
  try {
    return finish(await replayAll(at(product.origin)));
  } finally {
    await product.stop();
  }
}

function finish(report: Report): number {
  tell(report);
  return report.waiting === 0 ? 0 : 1;
}

try {
  process.exitCode = await redrive();
} catch (error) {
  const problem = fileProblem(error);
  console.error(problem instanceof LocalProblem ? problem.message : problem);
  process.exitCode = 1;
}
