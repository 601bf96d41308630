import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer, json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { engineClient } from '../../../infra/local/aws/engine/client.ts';
import { describeCall } from './describe-call.ts';

/** One DynamoDB request as it passed. Times in milliseconds of `performance.now()`. */
export interface MeteredCall {
  readonly operation: string;
  /** The key of what it is about, as far as it is about one item. */
  readonly key: string;
  /** What it reads or writes, in words: see `describeCall`. */
  readonly about: string;
  readonly units: number;
  readonly start: number;
  readonly end: number;
}

const capacity = z.object({ CapacityUnits: z.number() });
const answer = z.object({ ConsumedCapacity: z.union([capacity, z.array(capacity)]).optional() });
const item = z.object({
  Key: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }).optional(),
});

// What leaves together arrives some milliseconds apart: an answer that is held this long keeps such requests
// overlapping.
const heldMilliseconds = 15;

/**
 * A way to the engine that notes each request with the capacity units it consumed. `meter` runs something and
 * resolves to the requests it made; their answers are held, as by a network, so that what is sent together is
 * seen to be.
 */
export async function startMeteredEngine(engineEndpoint: string) {
  const engine = engineClient(engineEndpoint);
  let metered: MeteredCall[] | undefined;
  const server = createServer(async (request, response) => {
    try {
      const start = performance.now();
      const target = String(request.headers['x-amz-target']);
      const input = z.record(z.string(), z.unknown()).parse(await json(request));
      const asked = JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' });
      const passed = await engine.send(target, asked);
      const body = await buffer(passed);
      if (metered !== undefined) {
        await pause(heldMilliseconds);
        const { ConsumedCapacity = [] } = answer.parse(JSON.parse(body.toString()));
        const { Key } = item.parse(input);
        metered.push({
          operation: target.split('.').at(-1) ?? target,
          key: Key === undefined ? '' : `${Key.pk.S} ${Key.sk.S}`,
          about: describeCall(target.split('.').at(-1) ?? target, input),
          units: [ConsumedCapacity].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0),
          start,
          end: performance.now(),
        });
      }
      const { 'x-amz-crc32': _, 'transfer-encoding': __, ...headers } = passed.headers;
      response.writeHead(passed.statusCode ?? 500, headers).end(body);
    } catch (error) {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the metered engine has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async meter(work: () => Promise<unknown>): Promise<readonly MeteredCall[]> {
      const calls: MeteredCall[] = [];
      metered = calls;
      try {
        await work();
      } finally {
        metered = undefined;
      }
      return calls;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      engine.close();
    },
  };
}

/**
 * Requests by the round trip they are made in: each waits for the first that is answered of the one before.
 */
export function inRoundTrips(calls: readonly MeteredCall[]): readonly (readonly MeteredCall[])[] {
  const trips: MeteredCall[][] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const call of [...calls].sort((a, b) => a.end - b.end)) {
    if (call.start >= free) {
      trips.push([]);
      free = call.end;
    }
    trips.at(-1)?.push(call);
  }
  return trips;
}

/** How many requests had to wait for one another: the longest chain of which none overlaps the next. */
export const roundTrips = (calls: readonly MeteredCall[]): number => inRoundTrips(calls).length;

/**
 * What a request asks for itself, without what every request does first: one round trip that reads the caller
 * and their organization (of the platform, the caller only), beside which some requests take numbers of the
 * rate window.
 */
export function afterMembership(calls: readonly MeteredCall[], userId: string): readonly MeteredCall[] {
  const membership = calls.find(
    ({ operation, key }) =>
      operation === 'BatchGetItem' || (operation === 'GetItem' && key.endsWith(`#user ${userId}`)),
  );
  return calls.filter((call) => call !== membership && !call.key.includes('#rate '));
}
