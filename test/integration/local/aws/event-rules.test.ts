import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventSource } from '../../../../events/domain-event.ts';
import { meteredType } from '../../../../events/metering.ts';
import type { BusEvent } from '../../../../infra/local/aws/event-bridge.ts';
import { startEventRules } from '../../../../infra/local/aws/event-rules.ts';
import { createSessions } from '../../../../infra/local/aws/iam/sessions.ts';
import { openQueues } from '../../../../infra/local/aws/queues.ts';

/** The receiver's requests, and its responses in order; 200 by default. */
const received: { body: unknown; authorization: string | undefined; type: string | undefined }[] = [];
let answers: (number | 'hangs')[] = [];
let waiting: IncomingMessage[] = [];
const receiver = createServer(async (request, response) => {
  const { authorization, 'content-type': type } = request.headers;
  received.push({ body: JSON.parse(await text(request)), authorization, type });
  const answer = answers.shift() ?? 200;
  if (answer === 'hangs') waiting.push(request);
  else response.writeHead(answer, answer === 302 ? { location: 'http://169.254.169.254/' } : {}).end();
});
let url: string;
beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  receiver.close();
  receiver.closeAllConnections();
});
beforeEach(() => {
  received.length = 0;
  answers = [];
  waiting = [];
});

const destination = 'arn:aws:events:eu-central-1:000000000000:api-destination/billing';
const hearing = 'arn:aws:lambda:eu-central-1:000000000000:function:reminders';
const queue = 'arn:aws:sqs:eu-central-1:000000000000:unbilled';
const trust = { Version: '2012-10-17', Statement: [] };
const role = {
  ...{ arn: 'arn:aws:iam::000000000000:role/sender', id: 'AROA', trustPolicy: trust, policies: [], tags: {} },
  maxSessionDuration: 3600,
};
const authorized: string[] = [];
const invoked: { readonly arn: string; readonly given: unknown }[] = [];

function start({ away = false, mayNot = false } = {}) {
  authorized.length = 0;
  const queues = openQueues(mkdtempSync(join(tmpdir(), 'mtcms-rules-')));
  const sessions = createSessions();
  const rules = startEventRules({
    eventRules: [
      {
        bus: 'events',
        pattern: JSON.stringify({ source: [eventSource], 'detail-type': [meteredType] }),
        targets: [
          {
            ...{ arn: `${destination}/1`, roleArn: role.arn, inputPath: '$.detail' },
            ...{ maximumRetryAttempts: 3, deadLetterArn: queue },
          },
        ],
      },
      {
        bus: 'default',
        pattern: JSON.stringify({ source: ['aws.ses'] }),
        targets: [
          {
            ...{ arn: hearing, roleArn: undefined, inputPath: undefined },
            ...{ maximumRetryAttempts: 3, deadLetterArn: queue },
          },
        ],
      },
    ],
    apiDestinations: [
      {
        ...{ arn: `${destination}/1`, policyArn: destination, method: 'POST' },
        url: away ? 'http://127.0.0.1:9' : url,
        headers: {
          'Content-Type': 'application/cloudevents+json',
          Authorization: '{{resolve:secretsmanager:mtcms/prod/metering:SecretString:authorization::}}',
        },
      },
    ],
    roles: {
      find: () => role,
      assumeAsService: async (service, arn) => {
        authorized.push(`${service} ${arn}`);
        return sessions.issue({ role, sessionName: 'rule' });
      },
    },
    authorize: async (_, { action, resource }) => {
      authorized.push(`${action} ${resource}`);
      if (mayNot) throw new Error('AccessDenied');
    },
    queues,
    resolveSecret: (text) => (text.includes('mtcms/prod/metering') ? 'Bearer key' : text),
    invoke: async (arn, given) => {
      invoked.push({ arn, given });
      return invoked.length === 1
        ? { ok: false, error: { errorType: 'Error', errorMessage: 'It crashed.' } }
        : { ok: true, payload: null };
    },
    firstBackOff: 1,
  });
  return { rules, letters: () => queues.letters() };
}

const event = (number: number, change: Partial<BusEvent> = {}): BusEvent => ({
  ...{ version: '0', id: `event-${number}`, 'detail-type': meteredType, source: eventSource },
  ...{ account: '000000000000', time: '2026-11-25T01:10:00Z', region: 'eu-central-1', resources: [] },
  detail: { number },
  ...change,
});

describe('a rule with a function', () => {
  it('invokes it with the whole event, once more if it fails', async () => {
    invoked.length = 0;
    const { rules, letters } = start();
    const told = event(1, { source: 'aws.ses' });
    rules.take('default', told);
    rules.take('default', event(2));
    await expect.poll(() => invoked).toEqual([1, 2].map(() => ({ arn: hearing, given: told })));
    await rules.stop();
    expect(letters()).toEqual([]);
  });
});

describe('a rule with an API destination', () => {
  it('sends what matches, as the event’s detail, with what the connection adds, in order', async () => {
    const { rules, letters } = start();
    for (const number of [1, 2]) rules.take('events', event(number));
    rules.take('events', event(3, { 'detail-type': 'team.created' }));
    rules.take('events', event(4, { source: 'else' }));
    rules.take('other', event(5));
    await expect.poll(() => received).toHaveLength(2);
    await rules.stop();
    expect(received).toEqual(
      [1, 2].map((number) => ({
        ...{ body: { number }, authorization: 'Bearer key', type: 'application/cloudevents+json' },
      })),
    );
    expect(authorized.slice(0, 2)).toEqual([
      `events.amazonaws.com ${role.arn}`,
      `events:InvokeApiDestination ${destination}`,
    ]);
    expect(letters()).toEqual([]);
  });

  it('tries again what the receiver is too busy for, or refuses the credentials of', async () => {
    answers = [503, 429, 401];
    const { rules, letters } = start();
    rules.take('events', event(1));
    await expect.poll(() => received).toHaveLength(4);
    await rules.stop();
    expect(letters()).toEqual([]);
  });

  it.each([
    ['refuses', [400], 1, 'It answered 400.'],
    ['would have sent elsewhere', [302], 1, 'It answered 302.'],
    ['fails for good', [500, 500, 500, 500], 4, 'It answered 500.'],
  ])('puts what the receiver %s into the dead letter queue', async (_, given, times, problem) => {
    answers = given;
    const { rules, letters } = start();
    rules.take('events', event(1));
    await expect.poll(letters).toMatchObject([{ queue: 'unbilled', body: { id: 'event-1' }, problem }]);
    expect(received).toHaveLength(times);
    rules.take('events', event(2));
    await expect.poll(() => received).toHaveLength(times + 1);
    await rules.stop();
  });

  it('keeps what a receiver that is away, or hangs until the product stops, hasn’t taken', async () => {
    const gone = start({ away: true });
    gone.rules.take('events', event(1));
    await expect.poll(gone.letters).toHaveLength(1);
    answers = ['hangs'];
    const hanging = start();
    hanging.rules.take('events', event(2));
    await expect.poll(() => waiting).toHaveLength(1);
    await hanging.rules.stop();
    expect(hanging.letters()).toMatchObject([{ body: { id: 'event-2' } }]);
  });

  it('sends nothing that its role may not', async () => {
    const { rules } = start({ mayNot: true });
    rules.take('events', event(1));
    await rules.stop();
    expect(received).toEqual([]);
  });
});
