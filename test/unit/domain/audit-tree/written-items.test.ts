import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendEntries } from '../../../../domain/audit/append-entries.ts';
import { AuditItem, TreeHeadItem } from '../../../../domain/audit/audit.noun.ts';
import type { AuditEntry } from '../../../../domain/audit/audit.schema.ts';
import { sha256 } from '../../../../domain/audit/sha256.ts';
import { append, emptyFrontier, packed } from '../../../../domain/audit/tree/frontier.ts';
import { headWrite } from '../../../../domain/audit/tree-head.ts';
import { newOrganizationId } from '../../../../domain/ids.ts';
import { entityOf } from '../../../../domain/table/entity.ts';
import { auditShards, shardOf } from '../../../../domain/table/layout.ts';
import { create } from '../../../../domain/table/writes.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const dynamodb = mockClient(client);
const table = 'things';
const organizationId = newOrganizationId(new Date('2026-11-24T12:00:00.000Z'));
const scope = { organizationId, client, table };

const whole: Required<AuditEntry> = {
  ...{ id: 'entry_1', organizationId, userId: 'user_1', actorName: 'Ada', role: 'org_admin' },
  ...{ action: 'team.updated', resource: 'team/team_1', timestamp: '2026-11-24T11:59:58.000Z' },
  details: { before: { name: 'A' }, after: { name: 'B' }, changed: ['name'] },
  ...{ requestId: 'r-1', ip: '192.0.2.1', userAgent: 'A browser', impersonatedBy: 'user_2' },
  ...{ names: { user_1: 'Ada' }, undoes: { id: 'entry_0', timestamp: '2026-11-24T11:00:00.000Z' } },
  ...{ supportAccess: 'sup_1', schemaVersion: 1 },
};
const { actorName, requestId, ip, userAgent, impersonatedBy, names, undoes, supportAccess, ...least } = whole;

/** The writes of the transaction that appends one entry to an empty tree. */
async function written(entry: AuditEntry, expiresAt?: number) {
  await appendEntries(scope, [{ entry, expiresAt }]);
  const [sent] = dynamodb.commandCalls(TransactWriteCommand);
  return sent?.args[0].input.TransactItems ?? [];
}

const bothNamed = (
  values: Readonly<Record<string, unknown>> = {},
  all: Readonly<Record<string, string>> = {},
) => ({
  names: Object.values(all).toSorted(),
  // ElectroDB numbers its placeholders.
  values: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name.replace(/_u0$/, '').replace('headSize0', 'known'),
      value,
    ]),
  ),
});

describe('what the writer stores without ElectroDB', () => {
  beforeEach(() => {
    dynamodb.reset();
    dynamodb.onAnyCommand().resolves({});
  });

  it.each([
    ['with everything', whole, 1_795_953_600],
    ['with the least', least, undefined],
  ])('is an entry as ElectroDB would store it, %s, and only if it is new', async (_, entry, expiresAt) => {
    const [, put] = await written(entry, expiresAt);
    const { id, schemaVersion: __, organizationId: ___, ...rest } = entry;
    const values = {
      ...{ ...rest, entryId: id, month: '2026-11', shard: shardOf(id, auditShards), sequence: 0 },
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    expect(put?.Put?.Item).toStrictEqual(create(scope, AuditItem, values).item.Put?.Item);
    expect(put?.Put?.ConditionExpression).toBe('attribute_not_exists(pk)');
  });

  it.each([0, 5])('is a head as ElectroDB would store it, after %i leaves', (size) => {
    const leaves = Array.from({ length: size }, (_, at) => new Uint8Array(32).fill(at));
    const before = { frontier: append(emptyFrontier, leaves, sha256), recent: [] };
    const recent = [[size, 1, 2]] as const;
    const after = { frontier: append(before.frontier, [new Uint8Array(32)], sha256), recent };
    const { Update } = headWrite(scope, before, after).item;
    const theirs = entityOf(TreeHeadItem)
      .upsert({ organizationId, headSize: size + 1, headFrontier: packed(after.frontier), recent })
      .where(({ headSize }, { eq }) => eq(headSize, size))
      .params({ table });
    expect(Update?.Key).toEqual(theirs.Key);
    expect(bothNamed(Update?.ExpressionAttributeValues, Update?.ExpressionAttributeNames)).toEqual(
      bothNamed(theirs.ExpressionAttributeValues, theirs.ExpressionAttributeNames),
    );
  });
});
