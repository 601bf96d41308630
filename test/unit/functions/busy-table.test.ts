import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { deliver, type GivenUp } from '../../../infra/local/aws/streams/deliver.ts';
import type { StreamRecord } from '../../../infra/local/aws/streams/stream.ts';
import { aMapping, aRecord } from '../local/aws/streams/support/stream.ts';
import { aContext } from './support/event.ts';

const waits = vi.hoisted(() => vi.fn(async (_: number) => {}));
vi.mock(import('../../../domain/table/backoff.ts'), () => ({ backoff: waits }));
vi.stubEnv('TABLE_NAME', 't');
vi.stubEnv('FAILURE_BUCKET', 'failures');
vi.stubEnv('WEBHOOK_SENDER_NAME', 'webhook-sender');
vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
const { handler } = await import('../../../functions/streams/audit-writer.ts');

const organizationId = newOrganizationId(new Date());

// The mock is on the class, which other files of this process use.
afterAll(() => mockClient(DynamoDBDocumentClient).restore());

const bucket = mockClient(S3Client);
afterAll(() => bucket.restore());

/** The events in the failure bucket. */
const aside = () =>
  bucket.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input.Key?.split('/').at(-1));

/** The record of a new team, or an unreadable one without an image. */
function recordOf(number: number, poison = false): DynamoDBRecord & StreamRecord {
  const { eventName, dynamodb } = aRecord(String(number));
  const { ApproximateCreationDateTime, SequenceNumber } = dynamodb;
  const Keys = { pk: { S: `${organizationId}#team` }, sk: { S: `team_${number}` } };
  const changed = { by: 'user_1', role: 'super_admin', action: 'team.created', requestId: 'r1' };
  const NewImage = {
    ...Keys,
    entity: { S: 'team' },
    organizationId: { S: organizationId },
    changed: { M: Object.fromEntries(Object.entries(changed).map(([name, S]) => [name, { S }])) },
  };
  const what = { ApproximateCreationDateTime, SequenceNumber, Keys, ...(poison ? {} : { NewImage }) };
  return { eventID: `e${number}`, eventName, dynamodb: what };
}

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** DynamoDB's throttling errors: for the request, or for one of its writes. */
const throttled = (time: number) =>
  time % 2 === 0
    ? new ProvisionedThroughputExceededException({ message: 'the partition is busy', $metadata: {} })
    : cancelled('None', 'ThrottlingError');

/** A table without a tree, whose transactions behave as `write` specifies. */
function tableOf(write: (entries: readonly string[]) => void) {
  const table = mockClient(DynamoDBDocumentClient);
  table.on(BatchGetCommand).resolves({ Responses: { t: [] } });
  table.on(GetCommand).resolves({});
  table.on(TransactWriteCommand).callsFake(({ TransactItems }: TransactWriteCommand['input']) => {
    write(
      (TransactItems ?? []).flatMap(({ Put }) =>
        Put === undefined ? [] : [String(Put.Item?.entryId).split('-').at(-1) ?? ''],
      ),
    );
    return {};
  });
  return table;
}

/** A month's partition that throttles that many times before it accepts entries. */
function partition(busy: number) {
  const entries: string[] = [];
  let left = busy;
  tableOf((some) => {
    left -= 1;
    if (left >= 0) throw throttled(left);
    entries.push(...some);
  });
  return entries;
}

/**
 * Delivers records as Lambda does, to the real writer, each invocation with time for that many waits.
 * Returns what was given up.
 */
async function run(records: readonly ReturnType<typeof recordOf>[], patience: number) {
  const given: GivenUp[] = [];
  let invocations = 0;
  await deliver(records, {
    mapping: { ...aMapping, bisectOnError: true },
    now: () => 1000,
    backOff: async () => true,
    checkpoint: () => undefined,
    giveUp: async (one) => void given.push(one),
    async invoke(batch) {
      invocations += 1;
      const Records = records.filter((record) => batch.includes(record));
      const before = waits.mock.calls.length;
      const hasTime = () => waits.mock.calls.length - before < patience;
      const getRemainingTimeInMillis = () => (hasTime() ? 900_000 : 0);
      return { ok: true, payload: await handler({ Records }, { ...aContext, getRemainingTimeInMillis }) };
    },
  });
  const lost = given.flatMap((one) => one.records.map(({ dynamodb }) => dynamodb.SequenceNumber));
  return { lost, invocations };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const eventsOf = (count: number) => numbers(count).map((number) => `e${number}`);

beforeEach(() => {
  waits.mockClear();
  bucket.reset();
});

describe('a month’s partition at its limit', () => {
  it('is waited for: no attempt of Lambda’s is spent, no entry lost or doubled, and the order is kept', async () => {
    const entries = partition(16);
    const { lost, invocations } = await run(
      numbers(4).map((number) => recordOf(number)),
      100,
    );
    expect({ entries, lost, invocations }).toEqual({ entries: eventsOf(4), lost: [], invocations: 1 });
    expect(waits).toHaveBeenCalledTimes(16);
  });

  it('is waited for longer each time, and never longer than the invocation has time', async () => {
    partition(20);
    await run([recordOf(1)], 10);
    expect(waits.mock.calls.slice(0, 10).map(([attempt]) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8, 8]);
  });

  it('that stays so beyond an invocation’s time has the rest of the batch come again, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 6 }), async (busy, count) => {
        const entries = partition(busy);
        const { lost } = await run(
          numbers(count).map((number) => recordOf(number)),
          10,
        );
        expect({ entries, lost }).toEqual({ entries: eventsOf(count), lost: [] });
      }),
      { numRuns: 20 },
    );
  });

  it('keeps no record that can’t be read from being put aside at once, and what is behind it from going on', async () => {
    const entries = partition(7);
    const { lost, invocations } = await run([recordOf(1), recordOf(2, true), recordOf(3)], 100);
    expect({ entries, lost, aside: aside() }).toEqual({ entries: ['e1', 'e3'], lost: [], aside: ['e2'] });
    expect(waits).toHaveBeenCalledTimes(7);
    expect(invocations).toBe(1);
  });

  it('lets no record go that can’t be read while the failure bucket can’t be written', async () => {
    const entries = partition(0);
    bucket.on(PutObjectCommand).rejectsOnce(new Error('no')).rejectsOnce(new Error('no')).resolves({});
    const { lost } = await run([recordOf(1), recordOf(2, true), recordOf(3)], 100);
    expect({ entries, lost }).toEqual({ entries: ['e1', 'e3'], lost: [] });
    expect(aside()).toEqual(['e2', 'e2', 'e2']);
  });
});

it.each([
  ['a lost connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
  ['a service that is down', Object.assign(new Error('try later'), { $metadata: { httpStatusCode: 503 } })],
])('%s is waited for as well', async (_, error) => {
  let isFirst = true;
  tableOf(() => {
    if (isFirst) {
      isFirst = false;
      throw error;
    }
  });
  expect(await run([recordOf(1)], 100)).toEqual({ lost: [], invocations: 1 });
});

it.each([
  ['as a whole', () => Object.assign(new Error('too large'), { name: 'ValidationException' })],
  ['because of one write', () => cancelled('None', 'ValidationError')],
])(
  'what the table refuses %s is not waited for: the record is put aside, and only it',
  async (_, refusal) => {
    const entries: string[] = [];
    tableOf((some) => {
      if (some.includes('e2')) throw refusal();
      entries.push(...some);
    });
    const records = [recordOf(1), recordOf(2), recordOf(3)];
    expect(await run(records, 100)).toEqual({ lost: [], invocations: 1 });
    expect({ entries, aside: aside() }).toEqual({ entries: ['e1', 'e3'], aside: ['e2'] });
    expect(waits).not.toHaveBeenCalled();
  },
);
