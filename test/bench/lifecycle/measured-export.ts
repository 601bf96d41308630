import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { exportOrganization } from '../../../domain/departure/export-organization.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { metered } from '../metered-plane.ts';

/**
 * The export of one organization into a store that keeps nothing, in a process that does nothing else and was
 * started with `--expose-gc`: prints what it read and wrote, the heap that is in use after a collection at
 * each note of how far it is, and the most memory that the process ever had.
 */
const { values } = parseArgs({ options: { table: { type: 'string' }, organization: { type: 'string' } } });
const { table, organization } = z.object({ table: z.string(), organization: OrganizationId }).parse(values);
const { gc } = globalThis;
if (gc === undefined) throw new Error('start this with --expose-gc');

const plane = { table, client: DynamoDBDocumentClient.from(new DynamoDBClient()) };
const heap: number[] = [];
let note = 0;
const began = performance.now();
let done = { items: 0, bytes: 0 };
const units = await metered(plane).of(async () => {
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
