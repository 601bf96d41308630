import { join } from 'node:path';
import { LocalProblem } from '../problem.ts';
import { AwsError } from './http/messages.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { Roles, Session } from './iam/sessions.ts';
import type { AwsResources, FunctionOutcome, Mapping, Schedule } from './resources.ts';
import type { ObjectStore } from './s3-objects.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';
import { fixStart, openCheckpoints, readPast } from './streams/checkpoints.ts';
import { type Consumer, startConsumer } from './streams/consumer.ts';
import { keepFailure } from './streams/failures.ts';
import type { StreamRecord, StreamSource } from './streams/stream.ts';
import type { WriteSignal } from './streams/write-signal.ts';

/** The sources that invoke functions: the stream's consumers and the scheduler. */
export interface EventSources {
  readonly consumers: readonly Consumer[];
  readonly scheduler: Scheduler;
  /** Starts nothing more; resolves once all running invocations have ended. */
  stop(): Promise<void>;
}

interface EventSourcesOptions
  extends ScheduleRunner,
    Pick<StartConsumersOptions, 'stateDirectory' | 'store' | 'firstBackOff'> {
  readonly resources: AwsResources;
  readonly signal: WriteSignal;
  /** The engine's streams by the deployment's stream ARNs. */
  readonly streams: ReadonlyMap<string, StreamSource>;
}

export async function startEventSources(options: EventSourcesOptions): Promise<EventSources> {
  const { resources, roles, streams, signal } = options;
  const roleOf = (functionArn: string) =>
    resources.functions.find(({ arn }) => arn === functionArn)?.roleArn ?? '';
  const consumers = await startConsumers({
    ...options,
    mappings: resources.mappings,
    sourceOf: (streamArn) => {
      const source = streams.get(streamArn);
      if (source === undefined)
        throw new LocalProblem(`The template has no table with the stream ${streamArn}.`);
      return source;
    },
    sessionOf: ({ functionArn, functionName }) =>
      roles.assumeAsService('lambda.amazonaws.com', roleOf(functionArn), functionName),
  });
  const scheduler = startScheduler({
    schedules: resources.schedules,
    run: (schedule) => runSchedule(schedule, options),
  });
  return {
    consumers,
    scheduler,
    async stop() {
      signal.stop();
      await Promise.all([scheduler.stop(), ...consumers.map(({ ended }) => ended)]);
    },
  };
}

interface StartConsumersOptions {
  readonly mappings: readonly Mapping[];
  readonly stateDirectory: string;
  readonly signal: WriteSignal;
  readonly firstBackOff: number;
  /** The engine's stream behind a stream ARN of the deployment. */
  readonly sourceOf: (streamArn: string) => StreamSource;
  /** A session of a mapping's function's role, as the Lambda service uses it to poll. */
  readonly sessionOf: (mapping: Mapping) => Promise<Session>;
  readonly authorize: Authorize;
  readonly store: ObjectStore;
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
}

/**
 * Starts all mappings, after checking the permissions of the functions' roles, as AWS does when it creates
 * one.
 */
async function startConsumers(options: StartConsumersOptions): Promise<Consumer[]> {
  const callers = new Map<Mapping, Session>();
  for (const mapping of options.mappings) {
    const caller = await options.sessionOf(mapping);
    await checkPermissions(mapping, caller, options.authorize);
    callers.set(mapping, caller);
  }
  return Promise.all([...callers].map(([mapping, caller]) => start(mapping, caller, options)));
}

async function start(mapping: Mapping, caller: Session, options: StartConsumersOptions): Promise<Consumer> {
  const { authorize, store, signal, firstBackOff } = options;
  const source = options.sourceOf(mapping.streamArn);
  const checkpoints = openCheckpoints(
    join(options.stateDirectory, 'streams', `${mapping.id}.json`),
    source.label,
  );
  await fixStart(mapping, source, checkpoints);
  return startConsumer({
    mapping,
    source,
    signal,
    firstBackOff,
    checkpoints,
    past: readPast(options.stateDirectory, source.label),
    invoke: (event: { readonly Records: readonly StreamRecord[] }) =>
      options.invoke(mapping.functionArn, event),
    giveUp: (given, shardId) => keepFailure(given, shardId, mapping, { caller, authorize, store }),
  });
}

// dynamodb:ListStreams is needed too, but IAM doesn't know it for a single stream.
const readStream = ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'];

async function checkPermissions(mapping: Mapping, caller: Session, authorize: Authorize): Promise<void> {
  const bucket = `arn:aws:s3:::${mapping.failureBucket}`;
  const needed = [
    ...readStream.map((action) => ({ action, resource: mapping.streamArn })),
    ...(mapping.failureBucket === undefined
      ? []
      : [
          { action: 's3:PutObject', resource: `${bucket}/aws/lambda/failure` },
          { action: 's3:ListBucket', resource: bucket },
        ]),
  ];
  for (const access of needed)
    try {
      await authorize(caller, access);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new LocalProblem(
        `AWS would refuse the event source of ${mapping.functionName}: ${error.message}`,
        {
          cause: error,
        },
      );
    }
}

interface ScheduleRunner {
  readonly roles: Roles;
  readonly authorize: Authorize;
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
}

/**
 * Invokes a schedule's target as Scheduler does: by the schedule's role, which must trust Scheduler and allow
 * it.
 */
async function runSchedule(schedule: Schedule, runner: ScheduleRunner): Promise<FunctionOutcome> {
  const { targetFunctionArn, targetRoleArn, groupArn, name, input } = schedule;
  const context = { 'aws:SourceArn': groupArn };
  const caller = await runner.roles.assumeAsService('scheduler.amazonaws.com', targetRoleArn, name, context);
  await runner.authorize(caller, { action: 'lambda:InvokeFunction', resource: targetFunctionArn });
  return runner.invoke(targetFunctionArn, JSON.parse(input));
}
