import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { newOrganizationId, type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { activityNoter, type NoteActivity } from '../../../functions/http/activity.ts';
import type { Exchange } from '../../../functions/http/exchange.ts';
import { activity } from '../../../functions/http/middleware/activity.ts';
import { aContext, anEvent } from './support/event.ts';

const organizationId = newOrganizationId(new Date());
const userId = UserId.parse('user_1');
const noon = new Date('2026-11-24T12:00:00.000Z');

/** The organization's table, of which only the writes of activity are counted; `fails` says which of them do. */
function table(fails: (call: number) => boolean = () => false) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  let writes = 0;
  mockClient(client)
    .on(UpdateCommand)
    .callsFake(() => {
      writes += 1;
      if (fails(writes)) throw new Error('throttled');
      return {};
    });
  return { scope: { organizationId, client, table: 'table' }, writes: () => writes };
}

interface Caller {
  readonly home?: OrganizationId;
  readonly impersonatedBy?: string;
  readonly now?: Date;
}

/** A request as the pipeline has it after its decision. */
const exchange = (
  { scope }: Pick<ReturnType<typeof table>, 'scope'>,
  { home = organizationId, impersonatedBy, now = noon }: Caller = {},
): Exchange => ({
  requestId: 'request-1',
  now,
  scope,
  identity: { userId, sessionId: 'sess_1', impersonatedBy },
  member: User.parse({
    userId,
    email: 'a@example.com',
    name: 'A',
    role: home === PLATFORM ? 'super_admin' : 'team_member',
    organizationId: home,
    revision: 1,
    createdAt: noon.toISOString(),
    updatedAt: noon.toISOString(),
  }),
});

describe('the use of the product', () => {
  it('is written for the first request of a user’s day and for none after it', async () => {
    const at = table();
    const note = activityNoter();
    for (let request = 0; request < 5; request += 1) await note(exchange(at));
    expect(at.writes()).toBe(1);
    await note(exchange(at, { now: new Date('2026-11-25T00:00:00.000Z') }));
    expect(at.writes()).toBe(2);
  });

  it('is not counted for who acts as somebody else, nor for the platform’s people', async () => {
    const at = table();
    const note = activityNoter();
    await note(exchange(at, { impersonatedBy: 'user_root' }));
    await note(exchange(at, { home: PLATFORM }));
    expect(at.writes()).toBe(0);
  });

  it('is tried again by the next request when the write failed', async () => {
    const at = table((call) => call === 1);
    const note = activityNoter();
    await expect(note(exchange(at))).rejects.toThrow('throttled');
    await note(exchange(at));
    expect(at.writes()).toBe(2);
  });
});

describe('a note that fails', () => {
  const failing: NoteActivity = () => Promise.reject(new Error('throttled'));
  it('fails no request', async () => {
    const logger = new Logger({ logLevel: 'SILENT' });
    const answer = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
      .use(activity(failing, logger))
      .handler(async () => ({ statusCode: 200 }));
    expect(await answer(anEvent(), aContext)).toEqual({ statusCode: 200 });
  });
});
