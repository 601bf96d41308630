import { join } from 'node:path';
import type { FunctionOutcome } from '../function-outcome.ts';
import { AwsError } from '../http/aws-error.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Session } from '../iam/sessions.ts';
import { LocalProblem } from '../problem.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { openCheckpoints } from './checkpoints.ts';
import { type Consumer, startConsumer } from './consumer.ts';
import { keepFailure } from './failure-destination.ts';
import type { Mapping } from './mapping.ts';
import { readPast } from './past.ts';
import type { Pulse } from './pulse.ts';
import type { StreamRecord } from './record.ts';
import { fixStart } from './shard-order.ts';
import type { StreamSource } from './stream-source.ts';

export interface StartConsumersOptions {
  readonly mappings: readonly Mapping[];
  readonly stateDirectory: string;
  readonly pulse: Pulse;
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
 * Starts every mapping, after checking what AWS checks when it creates one: that the function's role may do
 * it.
 */
export async function startConsumers(options: StartConsumersOptions): Promise<Consumer[]> {
  const callers = new Map<Mapping, Session>();
  for (const mapping of options.mappings) {
    const caller = await options.sessionOf(mapping);
    await checkPermissions(mapping, caller, options.authorize);
    callers.set(mapping, caller);
  }
  return Promise.all([...callers].map(([mapping, caller]) => start(mapping, caller, options)));
}

async function start(mapping: Mapping, caller: Session, options: StartConsumersOptions): Promise<Consumer> {
  const { authorize, store, pulse, firstBackOff } = options;
  const source = options.sourceOf(mapping.streamArn);
  const checkpoints = openCheckpoints(
    join(options.stateDirectory, 'streams', `${mapping.id}.json`),
    source.label,
  );
  await fixStart(mapping, source, checkpoints);
  return startConsumer({
    mapping,
    source,
    pulse,
    firstBackOff,
    checkpoints,
    past: readPast(options.stateDirectory, source.label),
    invoke: (event: { readonly Records: readonly StreamRecord[] }) =>
      options.invoke(mapping.functionArn, event),
    giveUp: (given, shardId) => keepFailure(given, shardId, mapping, { caller, authorize, store }),
  });
}

// dynamodb:ListStreams is needed too, but IAM knows it for all streams only, not for one.
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
