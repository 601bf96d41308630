import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer, json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { engineClient } from '../../../infra/local/aws/engine/client.ts';
import { describeCall } from './describe-call.ts';

/** One DynamoDB request. Times in milliseconds of `performance.now()`. */
export interface MeteredCall {
  readonly operation: string;
  /** The key of its item, if it concerns one item. */
  readonly key: string;
  /** A description of what it reads or writes, see `describeCall`. */
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

// Concurrent requests arrive a few milliseconds apart: delaying responses this long keeps them overlapping.
const heldMilliseconds = 15;

/**
 * A proxy to the engine that records each request with its consumed capacity units. `meter` runs a function
 * and resolves to the requests that it made; responses are delayed, as by a network, so that concurrent
 * requests are recognized.
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

/** Groups requests by round trip: each one starts after the first response of the one before. */
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

/** The number of sequential requests: the longest chain in which none overlaps the next. */
export const roundTrips = (calls: readonly MeteredCall[]): number => inRoundTrips(calls).length;

/**
 * The requests of a route itself, without what every request does first: one round trip that reads the
 * caller and their organization (for the platform, the caller only). Some requests increment the rate
 * limit's counters at the same time.
 */
export function afterMembership(calls: readonly MeteredCall[], userId: string): readonly MeteredCall[] {
  const membership = calls.find(
    ({ operation, key }) =>
      operation === 'BatchGetItem' || (operation === 'GetItem' && key.endsWith(`#user ${userId}`)),
  );
  return calls.filter((call) => call !== membership && !call.key.includes('#rate '));
}
