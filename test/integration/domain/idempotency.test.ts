import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginRequest,
  giveUpRequest,
  type KeyedRequest,
  keepAnswer,
} from '../../../domain/idempotency/idempotent-request.ts';
import { newOrganizationId } from '../../../domain/ids.ts';
import { type OrganizationScope, withinOrganization } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';

const now = new Date('2026-11-25T12:00:00.000Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const answer = { status: 201, body: '{"id":"inv_1"}', etag: '"1"' };
const underWay = expect.objectContaining({ code: 'conflict' });
const mismatch = expect.objectContaining({ code: 'idempotency_mismatch' });

let scope: OrganizationScope;
let other: OrganizationScope;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startControlPlane();
  stop = started.stop;
  scope = withinOrganization(started.plane, newOrganizationId(now));
  other = withinOrganization(started.plane, newOrganizationId(now));
});
afterAll(() => stop());

let count = 0;
/** A request with a unique key. */
const keyed = (): KeyedRequest => {
  count += 1;
  return {
    userId: 'user_1',
    route: 'createInvitation',
    key: `key-${count}`,
    input: { body: { email: 'a@b.example' } },
    rights: [{ action: 'create', subject: 'Invitation' }],
    requestId: `first-${count}`,
  };
};
const again = (request: KeyedRequest, change: Partial<KeyedRequest> = {}): KeyedRequest => ({
  ...request,
  requestId: `${request.requestId}-again`,
  ...change,
});
const anotherInput = { input: { body: { email: 'c@d.example' } } };

describe('a request with a key', () => {
  it('runs once, and its repetition gets the first answer for a day', async () => {
    const request = keyed();
    expect(await beginRequest(scope, request, now)).toBeNull();
    await keepAnswer(scope, request, answer);
    expect(await beginRequest(scope, again(request), later(1))).toEqual(answer);
    expect(await beginRequest(scope, again(request), later(86_399))).toEqual(answer);
    expect(await beginRequest(scope, again(request), later(86_402))).toBeNull();
  });

  it('is neither answered nor run again for somebody whose rights are others by then', async () => {
    const request = keyed();
    await beginRequest(scope, request, now);
    await keepAnswer(scope, request, answer);
    const demoted = again(request, { rights: [] });
    await expect(beginRequest(scope, demoted, later(1))).rejects.toEqual(underWay);
    expect(await beginRequest(scope, again(request), later(2))).toEqual(answer);
  });

  it('is refused with another input, also a day long', async () => {
    const request = keyed();
    await beginRequest(scope, request, now);
    await expect(beginRequest(scope, again(request, anotherInput), now)).rejects.toEqual(mismatch);
    await keepAnswer(scope, request, answer);
    await expect(beginRequest(scope, again(request, anotherInput), later(86_000))).rejects.toEqual(mismatch);
  });

  it('is refused while its first attempt runs, and of many at once one runs', async () => {
    const request = keyed();
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        beginRequest(scope, again(request, { requestId: `at-once-${index}` }), now),
      ),
    );
    const begun = attempts.filter((attempt) => attempt.status === 'fulfilled');
    expect(begun.map(({ value }) => value)).toEqual([null]);
    for (const attempt of attempts)
      if (attempt.status === 'rejected') expect(attempt.reason).toEqual(underWay);
  });

  it('whose attempt died runs again when no function can be running it any more, for the same input only', async () => {
    const request = keyed();
    await beginRequest(scope, request, now);
    await expect(beginRequest(scope, again(request), later(14))).rejects.toEqual(underWay);
    await expect(beginRequest(scope, again(request, anotherInput), later(16))).rejects.toEqual(mismatch);
    expect(await beginRequest(scope, again(request), later(16))).toBeNull();
  });

  it('that was refused may be tried again at once, also with what was wrong put right', async () => {
    const request = keyed();
    await beginRequest(scope, request, now);
    await giveUpRequest(scope, request);
    expect(await beginRequest(scope, again(request, anotherInput), now)).toBeNull();
  });

  it('keeps no answer of an attempt that lost its lease', async () => {
    const request = keyed();
    await beginRequest(scope, request, now);
    await beginRequest(scope, again(request), later(16));
    await expect(keepAnswer(scope, request, answer)).rejects.toEqual(underWay);
  });

  it('has nothing to do with another organization’s, user’s or route’s request of the same key', async () => {
    const request = keyed();
    await beginRequest(scope, request, now);
    await keepAnswer(scope, request, answer);
    expect(await beginRequest(other, again(request), now)).toBeNull();
    expect(await beginRequest(scope, again(request, { userId: 'user_2' }), now)).toBeNull();
    expect(await beginRequest(scope, again(request, { route: 'createTeam' }), now)).toBeNull();
  });
});

describe('a request with a key, on a table with faults', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
  const dynamodb = mockClient(client);
  const faulty = (): OrganizationScope => ({ ...scope, client });

  it('fails with the table’s own error, and is answered by nothing that was kept', async () => {
    const away = new Error('the table is away');
    dynamodb.reset();
    dynamodb.on(TransactWriteCommand).rejects(away).on(GetCommand).resolves({});
    await expect(beginRequest(faulty(), keyed(), now)).rejects.toThrow('the table is away');
    expect(dynamodb.commandCalls(GetCommand)).toEqual([]);
  });

  it('is under way when the first attempt’s record went while it was looked for', async () => {
    dynamodb.reset();
    const lost = new TransactionCanceledException({
      message: 'cancelled',
      $metadata: {},
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });
    dynamodb.on(TransactWriteCommand).rejects(lost).on(GetCommand).resolves({});
    await expect(beginRequest(faulty(), keyed(), now)).rejects.toEqual(underWay);
  });
});
