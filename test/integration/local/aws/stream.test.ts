import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AwsServices, AwsServicesOptions } from '../../../../infra/local/aws/services.ts';
import { consumerFunction, done, failed, failedAt, write } from './support/consumer.ts';
import { allow, type Changes, role, smallDeployment, streamArn } from './support/resources.ts';
import { engineClient, key, newStateDirectory, start, TableName, tenantClient } from './support/start.ts';

const running: AwsServices[] = [];
afterEach(async () => {
  for (const aws of running.splice(0)) await aws.stop();
});

async function startWith(mapping: NonNullable<Changes['mapping']>, options: Partial<AwsServicesOptions>) {
  const aws = await start({ resources: smallDeployment({ mapping }), ...options });
  running.push(aws);
  return aws;
}
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });
const poison = (sk: string) => (batch: readonly { sk: string }[]) =>
  batch.some((one) => one.sk === sk) ? failed : done;

describe('the stream', () => {
  it('feeds a function with records as Lambda gives them, in order', async () => {
    const consumer = consumerFunction();
    const aws = await startWith({}, consumer);
    await write(aws, '1', '2', '3');
    await aws.startEventSources();
    await until(() => expect(consumer.seen()).toEqual(['1', '2', '3']));
    expect(consumer.events[0]).toMatchObject({
      Records: [
        {
          eventName: 'INSERT',
          eventSource: 'aws:dynamodb',
          eventSourceARN: streamArn,
          awsRegion: 'eu-central-1',
          eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
          dynamodb: {
            NewImage: { ...key('org_A#x', '1'), entity: { S: 'thing' } },
            StreamViewType: 'NEW_AND_OLD_IMAGES',
            SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
          },
        },
        {},
        {},
      ],
    });
  });

  it('is looked at as soon as something is written through the gate', async () => {
    const consumer = consumerFunction();
    const aws = await startWith({}, consumer);
    await aws.startEventSources();
    const tenant = await tenantClient(aws, 'org_A');
    await tenant.send(new PutItemCommand({ TableName, Item: key('org_A#x', 'first') }));
    await until(() => expect(consumer.seen()).toEqual(['first']));
  });

  it('passes only what its filter lets through, a removal by its old image', async () => {
    const consumer = consumerFunction();
    const isThing = { entity: { S: [{ 'anything-but': ['counters'] }] } };
    const filterPatterns = [
      JSON.stringify({ dynamodb: { NewImage: isThing } }),
      JSON.stringify({ eventName: ['REMOVE'], dynamodb: { OldImage: isThing } }),
    ];
    const aws = await startWith({ filterPatterns }, consumer);
    const client = engineClient(aws);
    const put = (sk: string, entity: object) =>
      client.send(new PutItemCommand({ TableName, Item: { ...key('org_A#x', sk), ...entity } }));
    await put('dropped', { entity: { S: 'counters' } });
    await put('nameless', {});
    await put('kept', { entity: { S: 'user' } });
    await client.send(new DeleteItemCommand({ TableName, Key: key('org_A#x', 'dropped') }));
    await client.send(new DeleteItemCommand({ TableName, Key: key('org_A#x', 'kept') }));
    await aws.startEventSources();
    await until(() => expect(consumer.seen()).toEqual(['kept', 'kept']));
    await until(() => expect(aws.consumers()[0]).toMatchObject({ delivered: 2, filtered: 3 }));
  });

  it('comes in batches no larger than the mapping says, and waits the window for more', async () => {
    const consumer = consumerFunction();
    const aws = await startWith({ batchSize: 2, batchingWindowSeconds: 1 }, consumer);
    await aws.startEventSources();
    await write(aws, '1', '2', '3');
    await until(() => expect(consumer.batches.map((batch) => batch.length)).toEqual([2, 1]));
  });

  it('goes on from the record that failed, and leaves out what was done', async () => {
    let failures = 0;
    const consumer = consumerFunction((batch) => {
      const second = batch.find(({ sk }) => sk === '2');
      return second !== undefined && failures++ === 0 ? failedAt(second) : done;
    });
    const aws = await startWith({}, consumer);
    await write(aws, '1', '2', '3');
    await aws.startEventSources();
    await until(() =>
      expect(consumer.batches.map((batch) => batch.map(({ sk }) => sk))).toEqual([
        ['1', '2', '3'],
        ['2', '3'],
      ]),
    );
    const [first, second] = consumer.batches;
    expect(second?.[0]?.eventId).toBe(first?.[1]?.eventId);
  });

  it('isolates a poison record, keeps it whole in the bucket, and delivers the rest in order', async () => {
    const consumer = consumerFunction(poison('5'));
    const aws = await startWith({}, consumer);
    const numbers = ['1', '2', '3', '4', '5', '6', '7', '8'];
    await write(aws, ...numbers);
    await aws.startEventSources();
    await until(() => expect(consumer.seen().at(-1)).toBe('8'));
    const succeeded = consumer.batches.filter((batch) => !batch.some(({ sk }) => sk === '5')).flat();
    expect(succeeded.map(({ sk }) => sk)).toEqual(['1', '2', '3', '4', '6', '7', '8']);
    expect(consumer.batches.filter((batch) => batch.length === 1 && batch[0]?.sk === '5')).toHaveLength(2);

    const [failure, ...others] = await aws.failures();
    expect(others).toEqual([]);
    expect(failure?.key).toMatch(
      /^aws\/lambda\/consumer-mapping\/shardId-[^/]+\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT[\d.]{8}-[0-9a-f-]{36}$/,
    );
    expect(failure?.record).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      responseContext: { statusCode: 200, functionError: 'Unhandled' },
      DDBStreamBatchInfo: { batchSize: 1, streamArn },
    });
    expect(JSON.parse(failure?.record.payload ?? '')).toMatchObject({
      Records: [
        { eventName: 'INSERT', dynamodb: { NewImage: { ...key('org_A#x', '5'), entity: { S: 'thing' } } } },
      ],
    });
  });

  it('gives up a whole batch when bisecting is off', async () => {
    const consumer = consumerFunction(poison('2'));
    const aws = await startWith({ bisectOnError: false }, consumer);
    await write(aws, '1', '2', '3');
    await aws.startEventSources();
    await until(() => expect(aws.consumers()[0]).toMatchObject({ givenUp: 3, lastError: 'Error: broken' }));
    expect(consumer.batches).toHaveLength(2);
  });

  it('gives up what is too old without invoking anybody', async () => {
    const consumer = consumerFunction();
    const aws = await startWith({ maximumRecordAgeSeconds: -2 }, consumer);
    await write(aws, '1');
    await aws.startEventSources();
    await until(() => expect(aws.consumers()[0]?.givenUp).toBe(1));
    expect(consumer.batches).toEqual([]);
    const [failure] = await aws.failures();
    expect(failure?.record.requestContext.condition).toBe('RecordAgeExceeded');
  });
});

describe('a restart', () => {
  it('delivers nothing twice that was done, and nothing is skipped', async () => {
    const stateDirectory = newStateDirectory();
    const first = consumerFunction();
    const aws = await startWith({}, { ...first, stateDirectory });
    await write(aws, '1', '2');
    await aws.startEventSources();
    await until(() => expect(first.seen()).toEqual(['1', '2']));
    await aws.stop();
    running.length = 0;

    const second = consumerFunction();
    const again = await startWith({}, { ...second, stateDirectory });
    await write(again, '3');
    await again.startEventSources();
    await until(() => expect(second.seen()).toEqual(['3']));
  });

  it('repeats the batch that it interrupted', async () => {
    const stateDirectory = newStateDirectory();
    const stuck = consumerFunction(() => failed);
    const aws = await startWith(
      { maximumRetryAttempts: -1 },
      { ...stuck, stateDirectory, firstBackOff: 60_000 },
    );
    await write(aws, '1');
    await aws.startEventSources();
    await until(() => expect(stuck.batches).toHaveLength(1));
    await aws.stop();
    running.length = 0;

    const consumer = consumerFunction();
    const again = await startWith({}, { ...consumer, stateDirectory });
    await again.startEventSources();
    await until(() => expect(consumer.seen()).toEqual(['1']));
  });

  it('starts over when the table is another one', async () => {
    const stateDirectory = newStateDirectory();
    const first = consumerFunction();
    const aws = await startWith({}, { ...first, stateDirectory });
    await write(aws, '1', '2');
    await aws.startEventSources();
    await until(() => expect(first.seen()).toEqual(['1', '2']));
    await aws.stop();
    running.length = 0;
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(stateDirectory, `dynamodb.db${suffix}`), { force: true });

    const second = consumerFunction();
    const again = await startWith({}, { ...second, stateDirectory });
    await write(again, 'new');
    await again.startEventSources();
    await until(() => expect(second.seen()).toEqual(['new']));
  });

  it('does not pass over what came after LATEST began', async () => {
    const stateDirectory = newStateDirectory();
    const first = consumerFunction();
    const aws = await startWith({ startingPosition: 'LATEST' }, { ...first, stateDirectory });
    await write(aws, 'old');
    await aws.startEventSources();
    await write(aws, '1');
    await until(() => expect(first.seen()).toEqual(['1']));
    await aws.stop();
    running.length = 0;

    const second = consumerFunction();
    const again = await startWith({ startingPosition: 'LATEST' }, { ...second, stateDirectory });
    await write(again, '2');
    await again.startEventSources();
    await until(() => expect(second.seen()).toEqual(['2']));
  });
});

it('does not start a consumer whose role may not read the stream, or not keep failures', async () => {
  const blind = role('consumer', [allow('s3:*', '*')]);
  const careless = role('consumer', [allow('dynamodb:*', streamArn)]);
  for (const [consumer, action] of [
    [blind, 'dynamodb:DescribeStream'],
    [careless, 's3:PutObject'],
  ] as const) {
    const aws = await start({ resources: smallDeployment({ consumer, mapping: {} }) });
    running.push(aws);
    await expect(aws.startEventSources()).rejects.toThrow(
      `AWS would refuse the event source of consumer: User: arn:aws:sts::111122223333:assumed-role/consumer/consumer is not authorized to perform: ${action}`,
    );
  }
});
