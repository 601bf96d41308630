import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { guard } from '../../../domain/table/guard.ts';
import { belongsTo } from '../../../domain/table/layout.ts';

const own = newOrganizationId(new Date());
const foreign = newOrganizationId(new Date());
const table = 'mtcms';
const refusal = { code: 'internal', message: 'The data guard refused a request.' };

let answered: object = {};
function guarded() {
  const inner = guard(
    new DynamoDBClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
    { table, indexes: ['byMember'], admits: (key) => key.startsWith(`${own}#`) },
  );
  // Replaces the network.
  inner.middlewareStack.add(
    () => () => Promise.resolve({ output: { $metadata: {}, ...answered }, response: {} }),
    { step: 'finalizeRequest', priority: 'low' },
  );
  return DynamoDBDocumentClient.from(inner);
}
const client = guarded();

describe('what an index answers a tenant client', () => {
  const ofMember = (more = {}) =>
    new QueryCommand({
      TableName: table,
      IndexName: 'byMember',
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'memberPk' },
      ExpressionAttributeValues: { ':pk': `${own}#user` },
      ...more,
    });
  const row = (organization: string) => ({
    pk: `${organization}#user`,
    sk: 'user_1',
    memberPk: `${own}#user`,
  });

  it('shows no row that another organization, or nobody, planted under its key', async () => {
    answered = { Items: [row(own), row(foreign), row('platform'), { sk: 'x' }], Count: 4 };
    const { Items, Count } = await client.send(ofMember());
    answered = {};
    expect(Items?.map(({ pk }) => pk)).toEqual([`${own}#user`]);
    expect(Count).toBe(1);
  });

  it('goes on after a row that was planted, and never from another organization’s part of the index', async () => {
    const start = { pk: `${foreign}#user`, sk: 'user_1', memberPk: `${own}#user`, memberSk: 'a' };
    await client.send(ofMember({ ExclusiveStartKey: start }));
    const elsewhere = { ...start, memberPk: `${foreign}#user` };
    await expect(client.send(ofMember({ ExclusiveStartKey: elsewhere }))).rejects.toMatchObject(refusal);
  });

  it('reads whole rows, whose keys can be judged', async () => {
    await expect(client.send(ofMember({ ProjectionExpression: 'sk' }))).rejects.toMatchObject(refusal);
    await expect(client.send(ofMember({ Select: 'COUNT' }))).rejects.toMatchObject(refusal);
  });

  it('takes for the platform’s lists the kind of item that each is made of', () => {
    for (const [partition, fitting, planted] of [
      ['platform#organizations#0', `${own}#organization`, `${own}#user`],
      ['platform#organization-terms', `${own}#organization`, `${own}#forged`],
      ['platform#audit#2026-11#3', `${own}#audit#2026-11`, `${own}#organization`],
    ] as const) {
      expect(belongsTo(partition, fitting)).toBe(true);
      expect(belongsTo(partition, planted)).toBe(false);
    }
  });
});
