import { setImmediate, setTimeout } from 'node:timers/promises';
import type { AwsService } from './http/endpoint.ts';
import { type AwsAnswer, AwsError, type AwsRequest, jsonBody, notImplemented } from './http/messages.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { FunctionOutcome } from './resources.ts';

interface LambdaServiceOptions {
  readonly region: string;
  readonly account: string;
  readonly functions: readonly { readonly arn: string; readonly aliasArn?: string | undefined }[];
  readonly authorize: Authorize;
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
  /** Called when an asynchronous invocation has failed for good. */
  readonly onProblem?: ((message: string) => void) | undefined;
  /** Puts an event that a function has finally failed on into its dead-letter queue, if it has one. */
  readonly giveUp?: ((functionArn: string, event: unknown, problem: string) => Promise<void>) | undefined;
  /** Milliseconds before an event is tried again the first time. AWS waits a minute, then two. */
  readonly firstBackOff?: number | undefined;
}

/** How often an event is tried. Source: AWS Lambda Developer Guide, asynchronous error handling. */
const attempts = 3;

/** Lambda's API as the functions reach it. */
interface LambdaService extends AwsService {
  /** Starts nothing more; resolves when the running invocation has ended. */
  stop(): Promise<void>;
}

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
/** Bytes. Source: AWS Lambda Developer Guide, quotas. */
const largestEvent = { waited: 6 * 1024 * 1024, queued: 1024 * 1024 };

/**
 * The function that an Invoke request names, and whether the caller waits for the result. Refuses other
 * requests.
 */
function invocationOf({ method, url, header }: AwsRequest): { name: string; waits: boolean } {
  const [, name] = invocations.exec(url.pathname) ?? [];
  if (method !== 'POST' || name === undefined) throw notImplemented('lambda', `${method} ${url.pathname}`);
  const type = header('x-amz-invocation-type') ?? 'RequestResponse';
  if (type !== 'Event' && type !== 'RequestResponse') throw notImplemented('lambda', `Invoke (${type})`);
  if (url.search !== '') throw notImplemented('lambda', `Invoke with ${url.search}`);
  return { name: decodeURIComponent(name), waits: type === 'RequestResponse' };
}

/** A function's failure is reported with status 200 and a header. */
const answerOf = (outcome: FunctionOutcome): AwsAnswer =>
  outcome.ok
    ? { status: 200, headers: {}, body: JSON.stringify(outcome.payload) }
    : {
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify(outcome.error),
      };

/**
 * Invoke. RequestResponse returns the function's result. Event queues the event; queued events run one at a
 * time, in order, and are tried three times, as on AWS but sooner.
 * Source: AWS Lambda API Reference, Invoke.
 */
export function lambdaService(options: LambdaServiceOptions): LambdaService {
  const { region, account, functions, authorize, invoke, onProblem, giveUp, firstBackOff = 200 } = options;
  let stopped = false;
  let queue: Promise<void> = Promise.resolve();

  async function run(arn: string, event: unknown): Promise<void> {
    // Respond first: the calling function must not wait for this one.
    await setImmediate();
    let problem: string | undefined;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (stopped) return;
      problem = await tryOnce(arn, event);
      if (problem === undefined) return;
      if (attempt < attempts) await setTimeout(attempt * firstBackOff);
    }
    if (problem === undefined) return;
    onProblem?.(problem);
    await giveUp?.(arn, event, problem).catch((error: unknown) => onProblem?.(String(error)));
  }

  async function tryOnce(arn: string, event: unknown): Promise<string | undefined> {
    try {
      const outcome = await invoke(arn, event);
      return outcome.ok ? undefined : `${arn} failed on an event: ${outcome.error.errorMessage}`;
    } catch (error) {
      return `${arn} could not be run: ${String(error)}`;
    }
  }

  return {
    protocol: 'json-1.1',
    async handle(request, caller) {
      const { name, waits } = invocationOf(request);
      const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`;
      await authorize(caller, { action: 'lambda:InvokeFunction', resource: arn });
      if (!functions.some((known) => known.arn === arn || known.aliasArn === arn))
        throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      const most = waits ? largestEvent.waited : largestEvent.queued;
      if (request.body.length > most)
        throw new AwsError('RequestTooLargeException', `The event is larger than ${most} bytes.`, 413);
      const event = jsonBody(request);
      if (waits) return answerOf(await invoke(arn, event));
      queue = queue.then(() => run(arn, event));
      return { status: 202, headers: {}, body: '' };
    },
    async stop() {
      stopped = true;
      await queue;
    },
  };
}
