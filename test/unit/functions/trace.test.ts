import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { expect, it } from 'vitest';
import { beginTrace, parentOf } from '../../../functions/aws/trace.ts';

const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

it('an invocation is traced only when X-Ray has chosen it', () => {
  expect(parentOf(header)).toEqual({
    trace: '1-5759e988-bd862e3fe1be46a994272793',
    segment: '53995c3f42cd8ad8',
  });
  for (const not of ['', 'Sampled=1', header.replace('Sampled=1', 'Sampled=0')])
    expect(parentOf(not)).toBeUndefined();
});

it('a request’s part of a trace has each call of AWS in it, by service and operation, and nothing of its body', async () => {
  await using daemon = createSocket('udp4').bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  await using table = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(table, 'listening');
  const address = table.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const parent = parentOf(header);
  if (parent === undefined) throw new Error('not sampled');

  const end = beginTrace(parent, `127.0.0.1:${daemon.address().port}`);
  for (const [path, headers] of [
    ['/', { 'x-amz-target': 'DynamoDB_20120810.GetItem' }],
    ['/2015-03-31/functions/gateway/invocations', {}],
  ] as const) {
    const [response] = await once(get({ port: address.port, host: '127.0.0.1', path, headers }), 'response');
    await once(response.resume(), 'end');
  }
  const received = once(daemon, 'message');
  await end({ requestId: 'request-1', Route: 'readMe', Tier: 'growth', status: 200 }, false);
  const [first, document = ''] = String((await received)[0]).split('\n');
  expect(JSON.parse(first ?? '')).toEqual({ format: 'json', version: 1 });
  const common = { id: expect.stringMatching(/^[0-9a-f]{16}$/), start_time: expect.any(Number) };
  const call = {
    ...common,
    end_time: expect.any(Number),
    namespace: 'aws',
    http: { response: { status: 200 } },
  };
  expect(JSON.parse(document)).toEqual({
    ...common,
    ...{ name: 'request', type: 'subsegment', end_time: expect.any(Number), fault: false },
    ...{ trace_id: parent.trace, parent_id: parent.segment },
    annotations: { requestId: 'request-1', Route: 'readMe', Tier: 'growth', status: 200 },
    subsegments: [
      { ...call, name: 'DynamoDB', aws: { operation: 'GetItem' } },
      { ...call, name: 'Lambda', aws: { operation: 'Invoke' } },
    ],
  });
});

it('a trace that nobody takes is no request’s failure', async () => {
  const parent = parentOf(header);
  if (parent === undefined) throw new Error('not sampled');
  await expect(beginTrace(parent, '127.0.0.1:1')({}, true)).resolves.toBeUndefined();
});
