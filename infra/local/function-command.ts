import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { fileProblem, LocalProblem } from './problem.ts';
import { runningOrigin } from './state-directory.ts';

/** Runs the function once with that event, and returns its result. Throws `LocalProblem` if it fails. */
export type RunFunction = (event: object) => Promise<unknown>;

interface Operated {
  /** The deployed function's name; without one it is run in the product on this machine. */
  readonly functionName: string | undefined;
  /** Its URL in the local console. */
  readonly localPath: string;
}

const environment = z.object({
  MTCMS_DYNAMODB_ENDPOINT: z.url().optional(),
  MTCMS_STATE_DIRECTORY: z
    .string()
    .min(1)
    .default(join(import.meta.dirname, '../../.local')),
});

/** The deployed function, with the AWS credentials of this shell, which may invoke it. */
function onAws(FunctionName: string): RunFunction {
  // A run takes a quarter of an hour at most.
  const client = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 960_000 } });
  return async (event) => {
    const Payload = Buffer.from(JSON.stringify(event));
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
    const text = answer.Payload?.transformToString() ?? 'null';
    if (answer.FunctionError !== undefined) throw new LocalProblem(`${FunctionName} failed: ${text}`);
    return JSON.parse(text);
  };
}

const Outcome = z.union([
  z.object({ ok: z.literal(true), payload: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ errorMessage: z.string() }) }),
]);

/** The same function in the product on this machine. */
const at =
  (origin: string, path: string): RunFunction =>
  async (event) => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const response = await fetch(`${origin}${path}`, {
      ...{ method: 'POST', headers, body: JSON.stringify(event) },
      signal: AbortSignal.timeout(960_000),
    });
    const outcome = Outcome.parse(await response.json());
    if (!outcome.ok) throw new LocalProblem(`It failed: ${outcome.error.errorMessage}`);
    return outcome.payload;
  };

/**
 * Gives `use` a function that an operator may run: the deployed one, or that of the product on this machine,
 * which is started for it when it doesn't run.
 */
export async function withFunction<Result>(
  { functionName, localPath }: Operated,
  use: (run: RunFunction) => Promise<Result>,
): Promise<Result> {
  if (functionName !== undefined) return await use(onAws(functionName));
  const { MTCMS_STATE_DIRECTORY, MTCMS_DYNAMODB_ENDPOINT } = environment.parse(process.env);
  const origin = await runningOrigin(MTCMS_STATE_DIRECTORY);
  if (origin !== undefined) return await use(at(origin, localPath));
  // Imported on demand, because a product that runs needs no second one.
  const { startProduct } = await import('./product.ts');
  const product = await startProduct({
    port: 0,
    stateDirectory: MTCMS_STATE_DIRECTORY,
    dynamodbEndpoint: MTCMS_DYNAMODB_ENDPOINT,
  });
  try {
    return await use(at(product.origin, localPath));
  } finally {
    await product.stop();
  }
}

/** Runs a command line: sets the exit code, and prints problems that the user can solve as one line. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    const problem = fileProblem(error);
    console.error(problem instanceof LocalProblem ? problem.message : problem);
    process.exitCode = 1;
  }
}
