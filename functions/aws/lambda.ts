import { AppError } from '../../domain/errors.ts';

const accepted = 202;

// Loaded with the first call and then kept: cold starts don't pay for the client, and calls share its
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
 * Invokes a Lambda function synchronously and returns its result. Throws if it couldn't be invoked or
 * failed.
 * @param isRepeatable whether invoking it twice is harmless, so that a lost call is retried
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

/** Invokes a Lambda function asynchronously; resolves once AWS has queued the event. */
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
