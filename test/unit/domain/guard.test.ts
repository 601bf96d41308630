import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { guard } from '../../../domain/table/guard.ts';
import { inspect } from '../../../domain/table/inspect-command.ts';

const own = newOrganizationId(new Date());
const foreign = newOrganizationId(new Date());
const table = 'mtcms';

const sent: unknown[] = [];
function guarded() {
  const inner = guard(
    new DynamoDBClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
    { table, indexes: [], admits: (key) => key.startsWith(`${own}#`) },
  );
  // Replaces the network: whatever arrives here has passed the guard.
  inner.middlewareStack.add(
    () => (args) => {
      sent.push(args.input);
      return Promise.resolve({ output: { $metadata: {} }, response: {} });
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return DynamoDBDocumentClient.from(inner);
}
const client = guarded();
const refusal = { code: 'internal', message: 'The data guard refused a request.' };
const key = (organization: string) => ({ pk: `${organization}#user`, sk: 'user_1' });
const query = (organization: string) => ({
  TableName: table,
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeNames: { '#pk': 'pk' },
  ExpressionAttributeValues: { ':pk': `${organization}#user` },
});

describe('the guard of a tenant client', () => {
  it('lets a read and a query of its own organization through', async () => {
    const before = sent.length;
    await client.send(new GetCommand({ TableName: table, Key: key(own) }));
    await client.send(new QueryCommand(query(own)));
    expect(sent.length - before).toBe(2);
  });

  it('refuses a read of another organization', async () => {
    await expect(client.send(new GetCommand({ TableName: table, Key: key(foreign) }))).rejects.toMatchObject(
      refusal,
    );
  });

  it('refuses an organization whose id only begins like its own', async () => {
    const longer = { pk: `${own}X#user`, sk: 'user_1' };
    await expect(client.send(new GetCommand({ TableName: table, Key: longer }))).rejects.toMatchObject(
      refusal,
    );
  });

  it('refuses a query of another organization, and one whose partition it cannot tell', async () => {
    await expect(client.send(new QueryCommand(query(foreign)))).rejects.toMatchObject(refusal);
    const blind = { ...query(own), KeyConditionExpression: 'begins_with(#pk, :pk)' };
    await expect(client.send(new QueryCommand(blind))).rejects.toMatchObject(refusal);
  });

  it('refuses a cursor that starts in another organization', async () => {
    const command = new QueryCommand({ ...query(own), ExclusiveStartKey: key(foreign) });
    await expect(client.send(command)).rejects.toMatchObject(refusal);
  });

  it('refuses a batch in which one key of many is foreign', async () => {
    const command = new BatchGetCommand({ RequestItems: { [table]: { Keys: [key(own), key(foreign)] } } });
    await expect(client.send(command)).rejects.toMatchObject(refusal);
  });

  it('refuses a transaction in which one write of many is foreign', async () => {
    const command = new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName: table, Item: key(own) } },
        {
          ConditionCheck: {
            TableName: table,
            Key: key(foreign),
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
      ],
    });
    await expect(client.send(command)).rejects.toMatchObject(refusal);
  });

  it('refuses an item that would appear in an index under another organization', async () => {
    const Item = { ...key(own), directoryPk: 'platform#organizations#0' };
    await expect(client.send(new PutCommand({ TableName: table, Item }))).rejects.toMatchObject(refusal);
  });

  const update = (attribute: string, expression: string, value: string) =>
    new UpdateCommand({
      TableName: table,
      Key: key(own),
      UpdateExpression: expression,
      ExpressionAttributeNames: { '#a': attribute, '#SET': attribute, '#name': 'name' },
      ExpressionAttributeValues: { ':a': value },
    });

  it.each(['memberPk', 'directoryPk'])(
    'refuses an update that would move an item into an index under another organization (%s)',
    async (attribute) => {
      const command = update(attribute, 'SET #a = :a', `${foreign}#member#user_1`);
      await expect(client.send(command)).rejects.toMatchObject(refusal);
    },
  );

  it.each(['REMOVE #name set #a = :a', 'SET #SET = :a', 'remove #name SET #SET = :a'])(
    'refuses it however the update is spelled: %s',
    async (expression) => {
      const command = update('memberPk', expression, `${foreign}#member#user_1`);
      await expect(client.send(command)).rejects.toMatchObject(refusal);
    },
  );

  it.each([
    'SET #a = if_not_exists(#a, :a)',
    'SET #name = :a, #a = if_not_exists(#name, :a)',
    'REMOVE #name SET #a = #name',
  ])('refuses an update whose index key it can’t tell: %s', async (expression) => {
    const command = update('memberPk', expression, `${own}#member#user_1`);
    await expect(client.send(command)).rejects.toMatchObject(refusal);
  });

  it.each(['SET #a = :a, #name = if_not_exists(#name, :a)', 'SET #name = :a REMOVE #a', 'REMOVE #a, #name'])(
    'lets an update of its own index key through: %s',
    async (expression) => {
      const before = sent.length;
      await client.send(update('memberPk', expression, `${own}#member#user_1`));
      expect(sent).toHaveLength(before + 1);
    },
  );

  it('takes a text for a text, also one that looks like another organization’s key', async () => {
    const before = sent.length;
    const note = `${foreign}#audit`;
    await client.send(new PutCommand({ TableName: table, Item: { ...key(own), note } }));
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: key(own),
        UpdateExpression: 'SET note = :note',
        ExpressionAttributeValues: { ':note': note },
      }),
    );
    expect(sent.length).toBe(before + 2);
  });

  it('refuses Scan, another table and an index that is not its own', async () => {
    await expect(client.send(new ScanCommand({ TableName: table }))).rejects.toMatchObject(refusal);
    await expect(client.send(new GetCommand({ TableName: 'other', Key: key(own) }))).rejects.toMatchObject(
      refusal,
    );
    const indexed = new QueryCommand({ ...query(own), IndexName: 'directory' });
    await expect(client.send(indexed)).rejects.toMatchObject(refusal);
  });

  it.each([
    ['AttributeUpdates', { memberPk: { Value: { S: `${foreign}#member#user_1` }, Action: 'PUT' } }],
    ['Expected', { name: { Exists: false } }],
    ['KeyConditions', { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: `${foreign}#user` }] } }],
    ['QueryFilter', {}],
    ['ScanFilter', {}],
    ['ConditionalOperator', 'OR'],
    ['AttributesToGet', ['name']],
    ['aParameterOfTomorrow', true],
  ])('refuses the parameter %s wherever it stands: no expression tells what it does', async (name, value) => {
    const legacy = { [name]: value };
    const inner = { TableName: table, Key: { pk: { S: `${own}#user` }, sk: { S: 'user_1' } } };
    const whole = { TableName: table, Item: inner.Key };
    const asked = {
      ...{ TableName: table, KeyConditionExpression: 'pk = :pk' },
      ExpressionAttributeValues: { ':pk': { S: `${own}#user` } },
    };
    const boundary = { table, indexes: [], admits: (key: string) => key.startsWith(`${own}#`) };
    for (const [command, input] of [
      ['GetItemCommand', inner],
      ['PutItemCommand', whole],
      ['UpdateItemCommand', inner],
      ['DeleteItemCommand', inner],
      ['QueryCommand', asked],
    ] as const) {
      expect(inspect(command, input, boundary), command).toBeNull();
      expect(inspect(command, { ...input, ...legacy }, boundary), command).not.toBeNull();
    }
    const batch = { Keys: [inner.Key], ...legacy };
    expect(inspect('BatchGetItemCommand', { RequestItems: { [table]: batch } }, boundary)).not.toBeNull();
    for (const item of [{ Put: { ...whole, ...legacy } }, { Update: { ...inner, ...legacy } }])
      expect(inspect('TransactWriteItemsCommand', { TransactItems: [item] }, boundary)).not.toBeNull();
  });
});
