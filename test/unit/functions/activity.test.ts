import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { newOrganizationId, type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { activityNoter } from '../../../functions/http/steps/note-activity.ts';
import { thingsApi, thingsPath } from './support/things.ts';

const organizationId = newOrganizationId(new Date());
const userId = UserId.parse('user_1');
const noon = new Date('2026-11-24T12:00:00.000Z');

/** The organization's table, counting only activity writes; `fails` decides which of them fail. */
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

/** A request as the pipeline passes it on after authorization. */
const session = (
  { scope }: Pick<ReturnType<typeof table>, 'scope'>,
  { home = organizationId, impersonatedBy, now = noon }: Caller = {},
) =>
  [
    { scope, actor: { by: userId, role: 'team_member', requestId: 'request-1', impersonatedBy }, now },
    { userId, organizationId: home },
  ] as const;

describe('the use of the product', () => {
  it('is written for the first request of a user’s day and for none after it', async () => {
    const at = table();
    const note = activityNoter();
    for (let request = 0; request < 5; request += 1) await note(...session(at));
    expect(at.writes()).toBe(1);
    await note(...session(at, { now: new Date('2026-11-25T00:00:00.000Z') }));
    expect(at.writes()).toBe(2);
  });

  it('is not counted for who acts as somebody else, nor for the platform’s people', async () => {
    const at = table();
    const note = activityNoter();
    await note(...session(at, { impersonatedBy: 'user_root' }));
    await note(...session(at, { home: PLATFORM }));
    expect(at.writes()).toBe(0);
  });

  it('is tried again by the next request when the write failed', async () => {
    const at = table((call) => call === 1);
    const note = activityNoter();
    await expect(note(...session(at))).rejects.toThrow('throttled');
    await note(...session(at));
    expect(at.writes()).toBe(2);
  });
});

describe('a note that fails', () => {
  it('fails no request', async () => {
    const send = thingsApi({ noteActivity: () => Promise.reject(new Error('throttled')) });
    expect(await send(`GET ${thingsPath}`)).toMatchObject({ statusCode: 200 });
  });
});
