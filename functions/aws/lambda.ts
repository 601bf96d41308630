import { AppError } from '../../domain/errors.ts';

const accepted = 202;
const decoder = new TextDecoder();

/** Runs a Lambda function and answers what it returns. Throws when it could not be run, or failed. */
export async function invokeNow(functionName: string, event: object): Promise<unknown> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const { FunctionError, Payload } = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  if (FunctionError !== undefined) throw new Error(`${functionName} failed: ${FunctionError}`);
  return JSON.parse(decoder.decode(Payload));
}

/** Puts an event in the queue of a Lambda function and answers when AWS has taken it, not when it has been handled. */
export async function invokeLater(functionName: string, event: object): Promise<void> {
  // Loaded on first use: requests that start nothing don't pay for the client.
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const { StatusCode } = await new LambdaClient({}).send(
    new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  if (StatusCode !== accepted) throw new AppError('internal', 'The function did not take the event.');
}
