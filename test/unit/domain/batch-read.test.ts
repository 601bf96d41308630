import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newOrganizationId, UserId } from '../../../domain/ids.ts';
import { OrganizationItem } from '../../../domain/organization/organization.noun.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import { create, fresh } from '../../../domain/table/writes.ts';
import { userFrom, userRead } from '../../../domain/user/find-user.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { UserItem } from '../../../domain/user/user.noun.ts';

const waits = vi.hoisted(() => vi.fn(async (_attempt: number) => undefined));
vi.mock(import('../../../domain/table/backoff.ts'), () => ({ backoff: waits }));
// Test files share modules: an earlier one may have loaded the real wait.
vi.resetModules();
const { itemsOf, readOf } = await import('../../../domain/table/batch-read.ts');

const table = 'things';
const [first, second] = [
  { pk: 'org_A#user', sk: 'one' },
  { pk: 'org_A#organization', sk: 'profile' },
];
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const dynamodb = mockClient(client);
const read = () =>
  itemsOf(
    { client, table },
    [first, second].map((Key) => ({ params: () => ({ Key }) })),
  );
const asked = () =>
  dynamodb.commandCalls(BatchGetCommand).map(({ args }) => args[0].input.RequestItems?.[table]);

describe('reading items together', () => {
  beforeEach(() => {
    dynamodb.reset();
    waits.mockClear();
  });

  it('asks once, strongly consistent, and gives them in the order asked for', async () => {
    dynamodb.on(BatchGetCommand).resolves({
      Responses: {
        [table]: [
          { ...second, name: 'b' },
          { ...first, name: 'a' },
        ],
      },
    });
    expect(await read()).toEqual([
      { ...first, name: 'a' },
      { ...second, name: 'b' },
    ]);
    expect(asked()).toEqual([{ Keys: [first, second], ConsistentRead: true }]);
  });

  it('gives undefined for what isn’t there', async () => {
    dynamodb.on(BatchGetCommand).resolves({ Responses: { [table]: [second] } });
    expect(await read()).toEqual([undefined, second]);
  });

  it('asks again, a moment later, for what a throttled table left unread', async () => {
    dynamodb
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { [table]: [first] }, UnprocessedKeys: { [table]: { Keys: [second] } } })
      .resolves({ Responses: { [table]: [second] } });
    expect(await read()).toEqual([first, second]);
    expect(asked()).toEqual([
      { Keys: [first, second], ConsistentRead: true },
      { Keys: [second], ConsistentRead: true },
    ]);
    expect(waits.mock.calls).toEqual([[1]]);
  });

  it('fails, rather than taking an item for missing, when the table stays throttled', async () => {
    dynamodb
      .on(BatchGetCommand)
      .resolves({ Responses: { [table]: [] }, UnprocessedKeys: { [table]: { Keys: [first, second] } } });
    await expect(read()).rejects.toThrow('2 of 2 items unread');
    expect(waits.mock.calls).toEqual([[1], [2], [3], [4]]);
  });
});

describe('a read by the templates of its key', () => {
  const now = new Date('2026-11-24T12:00:00.000Z');
  const organizationId = newOrganizationId(now);
  const scope = { organizationId, client, table };
  const userId = UserId.parse('user_2abCD_x');

  it('names the key that ElectroDB names', () => {
    const keys = [userRead(scope, userId), readOf(scope, OrganizationItem, {})].map((one) =>
      one.params({ table }),
    );
    expect(keys).toMatchObject([
      { Key: entityOf(UserItem).get({ organizationId, userId }).params({ table }).Key },
      { Key: entityOf(OrganizationItem).get({ organizationId }).params({ table }).Key },
    ]);
    expect(keys[0]?.Key).toEqual({ pk: `${organizationId}#user`, sk: userId });
  });

  it('gives the user that ElectroDB gives, and nothing of how they are stored', () => {
    const ctx = { scope, actor: { by: 'user_a', role: 'org_admin', requestId: 'r' }, now } as const;
    const values = {
      userId,
      email: 'ada@x.example',
      name: 'Ada',
      nameOrder: 'ada',
      role: 'org_admin',
    } as const;
    const item = create(scope, UserItem, fresh(ctx, UserItem, values, 'user.joined')).item.Put?.Item;
    const user = userFrom(item);
    expect(user).toEqual(User.parse(entityOf(UserItem).parse({ Item: item ?? {} }).data));
    expect(Object.keys(user ?? {})).not.toEqual(expect.arrayContaining(['pk']));
    expect(userFrom(undefined)).toBeNull();
  });
});
