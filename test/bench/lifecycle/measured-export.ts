import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { exportOrganization } from '../../../domain/departure/export-organization.ts';
import { KpiId, OrganizationId } from '../../../domain/ids.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { metered } from '../metered-plane.ts';

/**
 * Exports one organization into a store that discards everything, in a separate process started with
 * `--expose-gc`. Prints what it read and wrote, the heap in use after a collection at each progress record,
 * and the peak memory of the process.
 */
const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { table: text, organization: text, like: text } });
const { table, organization, like } = z
  .object({ table: z.string(), organization: OrganizationId, like: KpiId })
  .parse(values);
const { gc } = globalThis;
if (gc === undefined) throw new Error('start this with --expose-gc');

const engine = DynamoDBDocumentClient.from(new DynamoDBClient());
const own = `${organization}#kpi#`;

/** Answers queries for any KPI's check-ins with the page of the one KPI that has some. */
async function send(command: QueryCommand) {
  const { ExpressionAttributeValues: { ':pk': pk } = {}, ExclusiveStartKey: start } = command.input;
  if (!(command instanceof QueryCommand) || typeof pk !== 'string' || !pk.startsWith(own))
    return await engine.send(command);
  const moved = <Key extends object>(key: Key | undefined, to: string) => key && { ...key, pk: to };
  const asked = { ...command.input, ExpressionAttributeValues: { ':pk': `${own}${like}` } };
  const page = await engine.send(
    new QueryCommand({ ...asked, ExclusiveStartKey: moved(start, `${own}${like}`) }),
  );
  const kpiId = pk.slice(own.length);
  const Items = page.Items?.map((item) => ({ ...item, pk, kpiId }));
  return { ...page, Items, LastEvaluatedKey: moved(page.LastEvaluatedKey, pk) };
}

const plane = { table, client: Object.assign(Object.create(engine), { send }) };
const heap: number[] = [];
let note = 0;
const began = performance.now();
let done = { items: 0, bytes: 0 };
const units = await metered({ table, client: engine }).of(async () => {
  const exported = await exportOrganization({
    scope: withinOrganization(plane, organization),
    departure: { name: 'Bench', frozenAt: new Date().toISOString() },
    objectKey: 'bench.zip',
    store: {
      begin: async () => 'upload',
      part: async (_, __, number) => String(number),
      finish: async () => undefined,
      keep: async (_, text) => {
        note = Math.max(note, text.length);
      },
      kept: async () => null,
    },
    clock: () => new Date(),
    until: new Date(Date.now() + 86_400_000),
    progress: async () => {
      gc();
      heap.push(process.memoryUsage().heapUsed);
    },
  });
  if (exported === null) throw new Error('the export stopped');
  done = exported;
});
const { maxRSS } = process.resourceUsage();
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ ...done, units, note, heap, resident: maxRSS * 1024, seconds }));
process.exit();
