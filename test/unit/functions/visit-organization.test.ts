import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { newSupportAccessId } from '../../../domain/ids.ts';
import { scope, superAdmin, thingsApi, thingsPath } from './support/things.ts';

const dynamodb = mockClient(scope.client);
const supportAccessId = newSupportAccessId(new Date());
const soon = () => new Date(Date.now() + 60_000).toISOString();

/** The visit that the table has of the super admin who calls. */
const visiting = (changed: object = {}) =>
  dynamodb.on(GetCommand).resolves({
    Item: {
      ...{ organizationId: scope.organizationId, operatorId: 'user_1', supportAccessId },
      ...{ mode: 'read', state: 'open', until: soon(), entity: 'supportVisit', entityVersion: '1' },
      ...changed,
    },
  });

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(TransactWriteCommand).resolves({});
});

const send = (routeKey: string) =>
  thingsApi({ member: superAdmin, supportStage: 'reasoned' })(routeKey, { body: '{}' });

describe('a super admin’s request to an organization', () => {
  it('is refused without support access, before anything is read of it', async () => {
    dynamodb.on(GetCommand).resolves({});
    const answer = await send(`GET ${thingsPath}`);
    expect([answer.statusCode, answer.problem().reason]).toEqual([403, 'support_access_needed']);
  });

  it.each([
    ['waits for an admin', { state: 'requested' }, 'support_access_waits'],
    ['has run out', { until: new Date(Date.now() - 1).toISOString() }, 'support_access_needed'],
  ])('is refused while it %s', async (_, changed, reason) => {
    visiting(changed);
    expect((await send(`GET ${thingsPath}`)).problem().reason).toBe(reason);
  });

  it('is refused where the stage says nothing of how they enter', async () => {
    dynamodb.on(GetCommand).resolves({});
    const asked = thingsApi({ member: superAdmin, supportStage: undefined })(`GET ${thingsPath}`);
    expect((await asked).problem().reason).toBe('support_access_needed');
  });

  it('is answered once what they see is recorded, once for each page', async () => {
    visiting();
    const api = thingsApi({ member: superAdmin, supportStage: 'reasoned' });
    for (const _ of [1, 2, 3]) expect((await api(`GET ${thingsPath}`)).statusCode).toBe(200);
    const [recorded, ...more] = dynamodb.commandCalls(TransactWriteCommand);
    expect(more).toEqual([]);
    expect(recorded?.args[0].input.TransactItems?.[0]?.Put?.Item).toMatchObject({
      ...{ access: { seen: 'Team' }, about: `supportAccess/${supportAccessId}` },
      changed: { by: 'user_1', supportAccess: supportAccessId, action: 'support-access.viewed' },
    });
  });

  it('is answered with nothing when that can’t be recorded, and is recorded when it is asked again', async () => {
    visiting();
    dynamodb.on(TransactWriteCommand).rejectsOnce(new Error('the table is away')).resolves({});
    const api = thingsApi({ member: superAdmin, supportStage: 'reasoned' });
    const refused = await api(`GET ${thingsPath}/asked`);
    expect(refused.statusCode).toBe(500);
    expect(refused.body).not.toContain('A thing');
    expect((await api(`GET ${thingsPath}/asked`)).statusCode).toBe(200);
    expect(dynamodb.commandCalls(TransactWriteCommand)).toHaveLength(2);
  });

  it('doesn’t record what wasn’t found or was refused', async () => {
    visiting();
    expect((await send(`GET ${thingsPath}/unasked`)).statusCode).toBe(500);
    expect((await send(`PATCH ${thingsPath}`)).problem().reason).toBe('support_access_is_read_only');
    expect(dynamodb.commandCalls(TransactWriteCommand)).toEqual([]);
  });

  it('changes nothing while they view it as a user, whatever the support access allows', async () => {
    visiting({ mode: 'change', viewingAs: 'user_2' });
    const answer = await send(`POST ${thingsPath}`);
    // The user isn't there in this table: a view of nobody sees nothing either.
    expect(answer.problem().reason).toMatch(/^(support_access_views_only|viewed_user_gone)$/);
  });
});
