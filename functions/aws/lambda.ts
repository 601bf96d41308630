import { AppError } from '../../domain/errors.ts';

const accepted = 202;

// Loaded with the first call and kept: a cold start doesn't pay for the client, and calls share its
// connections.
let loading: ReturnType<typeof load> | undefined;
const lambda = () => {
  loading ??= load();
  return loading;
};

async function load() {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  return { client: new LambdaClient({}), single: new LambdaClient({ maxAttempts: 1 }), InvokeCommand };
}

/**
 * Runs a Lambda function and answers what it returns. Throws when it could not be run, or failed.
 * @param isRepeatable whether running it twice does no harm, so that a call that got lost is made again
 */
export async function invokeNow(
  functionName: string,
  event: object,
  { isRepeatable = true }: { readonly isRepeatable?: boolean } = {},
): Promise<unknown> {
  const { client, single, InvokeCommand } = await lambda();
  const { FunctionError, Payload } = await (isRepeatable ? client : single).send(
    new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  if (FunctionError !== undefined) throw new Error(`${functionName} failed: ${FunctionError}`);
  return JSON.parse(Payload?.transformToString() ?? 'null');
}

/**
 * Puts an event in the queue of a Lambda function and answers when AWS has taken it, not when it has been
 * handled.
 */
export async function invokeLater(functionName: string, event: object): Promise<void> {
  const { client, InvokeCommand } = await lambda();
  const { StatusCode } = await client.send(
    new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  if (StatusCode !== accepted) throw new AppError('internal', 'The function did not take the event.');
}
