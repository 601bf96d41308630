import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import type { Change } from '../../../events/change.ts';
import { oneByOne, readBatch } from '../../../functions/streams/read-batch.ts';
import { aContext } from './support/event.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const dynamodb = mockClient(client);
const organizationId = newOrganizationId(new Date());
const logger = new Logger({ logLevel: 'SILENT' });

const key = { pk: { S: `${organizationId}#kpi#kpi_1` }, sk: { S: 'chk_1' } };
const image = {
  entity: { S: 'checkIn' },
  organizationId: { S: organizationId },
  ...key,
  createdAt: { S: '2026-11-01T12:00:00.000Z' },
  revision: { N: '1' },
};
const removal = (identity?: DynamoDBRecord['userIdentity']): DynamoDBRecord => ({
  eventID: 'e1',
  eventName: 'REMOVE',
  dynamodb: {
    ApproximateCreationDateTime: Date.parse('2026-11-24T12:00:00.000Z') / 1000,
    SequenceNumber: '1',
    Keys: key,
    OldImage: image,
  },
  ...(identity === undefined ? {} : { userIdentity: identity }),
});

/** The changes from a batch of one record. */
async function changesOf(record: DynamoDBRecord): Promise<Change[]> {
  const changes: Change[] = [];
  const handle = async (change: Change) => void changes.push(change);
  const answer = await readBatch(
    { Records: [record] },
    { ...aContext, getRemainingTimeInMillis: () => 60_000 },
    { logger, tombstones: { client, table: 't' }, setAside: vi.fn(), handle: oneByOne(handle) },
  );
  expect(answer).toEqual({ batchItemFailures: [] });
  return changes;
}

beforeEach(() => dynamodb.reset());

describe('a removal', () => {
  it('by DynamoDB, of what has expired, is the doing of system:expiry', async () => {
    const identity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    expect(await changesOf(removal(identity))).toMatchObject([
      { action: 'check-in.expired', actor: { by: 'system:expiry', role: 'system' } },
    ]);
    expect(dynamodb.calls()).toEqual([]);
  });

  it('that left a tombstone is the doing of whom that names', async () => {
    const changed = { by: 'user_1', role: 'org_admin', action: 'check-in.removed', requestId: 'r1' };
    const bookkeeping = { entity: 'tombstone', entityVersion: '1', expiresAt: 1, revision: 1 };
    dynamodb.on(GetCommand).resolves({
      Item: {
        ...bookkeeping,
        ...{ organizationId, of: 'checkIn', key: 'chk_1#2026-11-01T12:00:00.000Z#1', item: {}, changed },
        ...{ createdAt: '2026-11-24T12:00:00.000Z', updatedAt: '2026-11-24T12:00:00.000Z' },
      },
    });
    expect(await changesOf(removal())).toMatchObject([
      { action: 'check-in.removed', actor: { by: 'user_1' }, timestamp: '2026-11-24T12:00:00.000Z' },
    ]);
  });

  it('without one is nobody’s, not DynamoDB’s', async () => {
    dynamodb.on(GetCommand).resolves({});
    expect(await changesOf(removal())).toMatchObject([{ action: 'check-in.deleted', actor: null }]);
  });

  it('of an access event that has expired is nothing new, of one that somebody removed is nobody’s', async () => {
    const access = { pk: { S: `${organizationId}#access` }, sk: { S: 'session#s1' } };
    const record = removal();
    const event = {
      ...record,
      dynamodb: {
        ...record.dynamodb,
        Keys: access,
        OldImage: { ...image, ...access, entity: { S: 'accessEvent' } },
      },
    };
    dynamodb.on(GetCommand).resolves({});
    const identity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    expect(await changesOf({ ...event, userIdentity: identity })).toEqual([]);
    expect(await changesOf(event)).toMatchObject([{ action: 'access.deleted', actor: null }]);
  });

  it('of bookkeeping is passed over without asking who did it', async () => {
    const Keys = { pk: { S: `${organizationId}#rate` }, sk: { S: 'all' } };
    const record = removal();
    expect(await changesOf({ ...record, dynamodb: { ...record.dynamodb, Keys } })).toEqual([]);
    expect(dynamodb.calls()).toEqual([]);
  });
});

it('a number that JavaScript can’t hold keeps no change from being read', async () => {
  const record = removal();
  const NewImage = { ...image, value: { N: '99999999999999999999999999999999999999' } };
  const change = { ...record, eventName: 'INSERT' as const, dynamodb: { ...record.dynamodb, NewImage } };
  expect(await changesOf(change)).toMatchObject([
    { after: { value: '99999999999999999999999999999999999999' } },
  ]);
});
