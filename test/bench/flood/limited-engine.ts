import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer, json } from 'node:stream/consumers';
import * as z from 'zod';
import { engineClient } from '../../../infra/local/aws/engine/client.ts';

const key = z.object({ S: z.string() });
const put = z.looseObject({ Item: z.looseObject({ pk: key, sk: key }) });
const request = z.looseObject({ TransactItems: z.array(z.looseObject({ Put: put.optional() })).optional() });
const answer = z.object({
  ConsumedCapacity: z.array(z.object({ Table: z.object({ CapacityUnits: z.number() }) })),
});
const refusal = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'The level of configured provisioned throughput for the table was exceeded.',
});

/**
 * A token bucket refilled at a partition's limit, with a capacity of one second: DynamoDB guarantees no
 * burst.
 */
function bucket(limit: number) {
  let [left, filled] = [limit, performance.now()];
  return {
    isEmpty() {
      const now = performance.now();
      [left, filled] = [Math.min(limit, left + ((now - filled) / 1000) * limit), now];
      return left <= 0;
    },
    take(units: number) {
      left -= units;
    },
  };
}

interface Written {
  readonly units: number;
  readonly at: number;
}

/**
 * A proxy to the engine that limits write units per second and partition key as DynamoDB does, and
 * throttles the rest in the same way. Records each item put by a transaction, by sort key, and counts
 * refused transactions. `limit`: write units per second.
 */
export async function startLimitedEngine(engineEndpoint: string, limit: number) {
  const engine = engineClient(engineEndpoint);
  const buckets = new Map<string, ReturnType<typeof bucket>>();
  const written = new Map<string, Written>();
  let refused = 0;
  const server = createServer(async (incoming, response) => {
    try {
      const target = String(incoming.headers['x-amz-target']);
      const input = request.parse(await json(incoming));
      const items = (input.TransactItems ?? []).flatMap(({ Put }) => (Put === undefined ? [] : [Put.Item]));
      const taken = items.map(({ pk }) => {
        const tokens = buckets.get(pk.S) ?? bucket(limit);
        buckets.set(pk.S, tokens);
        return tokens;
      });
      if (taken.some((tokens) => tokens.isEmpty())) {
        refused += 1;
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(refusal);
        return;
      }
      const passed = await engine.send(
        target,
        JSON.stringify({ ...input, ReturnConsumedCapacity: 'INDEXES' }),
      );
      const body = await buffer(passed);
      if (items.length > 0 && passed.statusCode === 200) {
        const { ConsumedCapacity } = answer.parse(JSON.parse(body.toString()));
        const total = ConsumedCapacity.reduce((sum, { Table }) => sum + Table.CapacityUnits, 0);
        // The head's share, slightly overestimated, so that the limit is reached earlier.
        const units = total / items.length;
        for (const [index, { sk }] of items.entries()) {
          taken[index]?.take(units);
          written.set(sk.S, { units, at: performance.now() });
        }
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
  if (address === null || typeof address === 'string') throw new Error('the limited engine has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    written,
    refused: () => refused,
    async stop() {
      server.close();
      server.closeAllConnections();
      engine.close();
    },
  };
}
