import { setImmediate } from 'node:timers/promises';
import type { FunctionOutcome } from '../function-outcome.ts';
import { AwsError, notImplemented } from '../http/aws-error.ts';
import { type AwsRequest, jsonBody } from '../http/aws-request.ts';
import type { AwsService } from '../http/endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';

interface LambdaServiceOptions {
  readonly region: string;
  readonly account: string;
  readonly functions: readonly { readonly name: string; readonly arn: string }[];
  readonly authorize: Authorize;
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
  /** Told of an event that a function failed on. */
  readonly onProblem?: ((message: string) => void) | undefined;
}

/** Lambda as the functions reach it. */
interface LambdaService extends AwsService {
  /** Begins nothing more, and resolves when the event under way has been handled. */
  stop(): Promise<void>;
}

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const largestEvent = 1_000_000;

/** The function of an Invoke request for an asynchronous invocation; refuses every other request. */
function functionNameOf({ method, url, header }: AwsRequest): string {
  const [, name] = invocations.exec(url.pathname) ?? [];
  if (method !== 'POST' || name === undefined) throw notImplemented('lambda', `${method} ${url.pathname}`);
  const type = header('x-amz-invocation-type') ?? 'RequestResponse';
  if (type !== 'Event') throw notImplemented('lambda', `Invoke (${type})`);
  if (url.search !== '') throw notImplemented('lambda', `Invoke with ${url.search}`);
  return decodeURIComponent(name);
}

/**
 * Invoke with the invocation type Event: takes an event, and runs the function afterwards, one event at a time in the order in which
 * they came. An event that fails isn't tried again, as AWS would. Source: AWS Lambda API Reference, Invoke.
 */
export function lambdaService(options: LambdaServiceOptions): LambdaService {
  const { region, account, functions, authorize, invoke, onProblem } = options;
  let stopped = false;
  let queue: Promise<void> = Promise.resolve();

  async function run(arn: string, event: unknown): Promise<void> {
    // The answer first: the caller's own function must not wait for this one.
    await setImmediate();
    if (stopped) return;
    try {
      const outcome = await invoke(arn, event);
      if (!outcome.ok) onProblem?.(`${arn} failed on an event: ${outcome.error.errorMessage}`);
    } catch (error) {
      onProblem?.(`${arn} could not be run: ${String(error)}`);
    }
  }

  return {
    protocol: 'json-1.1',
    async handle(request, caller) {
      const name = functionNameOf(request);
      const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`;
      await authorize(caller, { action: 'lambda:InvokeFunction', resource: arn });
      if (!functions.some((known) => known.arn === arn))
        throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      if (request.body.length > largestEvent)
        throw new AwsError('RequestTooLargeException', 'The event is larger than 1 MB.', 413);
      const event = jsonBody(request);
      queue = queue.then(() => run(arn, event));
      return { status: 202, headers: {}, body: '' };
    },
    async stop() {
      stopped = true;
      await queue;
    },
  };
}
