import { parseArgs } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { PLATFORM } from '../../../domain/ids.ts';
import { directoryIndex, directoryShards, partitionPatterns } from '../../../domain/table/layout.ts';
import { openInTurn, roleClient } from '../../../domain/table/tables.ts';
import { closeDays, runShard } from '../../../domain/usage/run-shard.ts';

/**
 * The daily usage run of every shard, one after another, or with `--date` closing that day, in a separate
 * process started with `--expose-gc`. Prints its capacity units, and the heap in use after a collection
 * before each page of organizations.
 */
const { values } = parseArgs({
  options: { table: { type: 'string' }, now: { type: 'string' }, date: { type: 'string' } },
});
const { table, now, date } = z
  .object({ table: z.string(), now: z.string(), date: z.string().optional() })
  .parse(values);
const { gc } = globalThis;
if (gc === undefined) throw new Error('start this with --expose-gc');

const heap: number[] = [];
let units = 0;

const consumed = z.object({ ConsumedCapacity: z.object({ CapacityUnits: z.number() }) });

/** Makes a client report the cost of its requests; `before` is called with each. */
function metered<Scope extends { readonly client: DynamoDBDocumentClient }>(
  scope: Scope,
  before: () => void = () => undefined,
): Scope {
  scope.client.middlewareStack.add(
    (next) => async (args) => {
      before();
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      units += consumed.parse(result.output).ConsumedCapacity.CapacityUnits;
      return result;
    },
    { step: 'initialize', name: 'metered', override: true },
  );
  return scope;
}

/** The heap after a collection: computed organizations must leave nothing in it. */
function noteHeap() {
  gc?.();
  heap.push(process.memoryUsage().heapUsed);
}

// As in functions/schedules/usage.ts, without STS: the local engine accepts any credentials.
const open = openInTurn(table, async () => ({ accessKeyId: 'local', secretAccessKey: 'local' }));
const parts = {
  platform: metered({ organizationId: PLATFORM, ...roleClient(table, [partitionPatterns.usageRuns]) }),
  directory: metered(roleClient(table, [partitionPatterns.directory], [directoryIndex.name]), noteHeap),
  open: (id: Parameters<typeof open>[0]) => metered(open(id)),
  onFailure: (_: unknown, error: unknown) => {
    throw error;
  },
};

let organizations = 0;
for (let shard = 0; shard < directoryShards; shard += 1) {
  const at = new Date(now);
  const run =
    date === undefined
      ? await runShard(parts, { period: 'day', shard }, at)
      : await closeDays(parts, { shard, dates: [date] }, at);
  organizations += run.organizations;
}
noteHeap();
console.log(JSON.stringify({ organizations, units, heap }));
process.exit();
