import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { newOrganizationId, type OrganizationId } from '../../../domain/ids.ts';
import { type Item, queryItems } from '../../../domain/table/query.ts';
import { deliver } from '../../../infra/local/aws/streams/deliver.ts';
import { startControlPlane } from '../../integration/domain/support/control-plane.ts';
import { aContext } from '../../unit/functions/support/event.ts';
import { aMapping } from '../../unit/local/aws/streams/support/stream.ts';
import { type ChangeRecord, kpiChange } from './kpi-change.ts';
import { startLimitedEngine } from './limited-engine.ts';

/**
 * A scale model of 1:10, since one process can't write as fast as DynamoDB, whose partitions take 1,000
 * units per second. The changes are those of one organization, from as many stream shards as a large table
 * has.
 */
const flood = { limit: 100, entries: 1000, aSecond: 200, shards: 64 } as const;

/** How long an invocation may wait for the table: not at all, as in an earlier version, or as deployed. */
const writers = { 'without waiting': 0, 'as deployed': 900_000 } as const;

/** The result of a flood. Delays in seconds, from the change to its entry. */
interface FloodRow {
  readonly writer: string;
  readonly made: number;
  readonly written: number;
  readonly lost: number;
  readonly doubled: number;
  readonly inOrder: boolean;
  readonly refusedPuts: number;
  readonly unitsEach: number;
  readonly greatestDelay: number;
  readonly problem: string;
}

const Entry = z.object({ sk: z.string() });

/**
 * An organization's entries, in the order of its audit log, each with its key and the number of its change.
 */
async function entriesOf({ plane }: Awaited<ReturnType<typeof startControlPlane>>, id: OrganizationId) {
  const pk = `${id}#audit#${new Date().toISOString().slice(0, 7)}`;
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
  const entries: { readonly key: string; readonly number: number }[] = [];
  let start: Item | undefined;
  do {
    const { items, lastKey } = await queryItems(plane, query, start);
    const keys = items.map((item) => Entry.parse(item).sk);
    entries.push(...keys.map((key) => ({ key, number: Number(key.split('-e').at(-1)) })));
    start = lastKey;
  } while (start !== undefined);
  return entries;
}

/** The audit writer, configured by its environment. */
async function loadWriter(endpoint: string, table: string) {
  const settings = { TABLE_NAME: table, POWERTOOLS_LOG_LEVEL: 'SILENT', AWS_REGION: 'eu-central-1' };
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  Object.assign(process.env, settings, credentials, { AWS_ENDPOINT_URL_DYNAMODB: endpoint });
  return (await import('../../../functions/streams/audit-writer.ts')).handler;
}

/** Feeds the writer from every shard concurrently, as Lambda does, at the rate of each shard. */
async function pour(
  handler: Awaited<ReturnType<typeof loadWriter>>,
  records: readonly { readonly record: ChangeRecord; readonly due: number }[],
  patience: number,
): Promise<void> {
  const shard = async (which: number) => {
    const left = records.filter((_, index) => index % flood.shards === which);
    while (left.length > 0) {
      const due = left.findIndex((one) => one.due > performance.now());
      const batch = left.splice(0, Math.min(due === -1 ? left.length : due, 100)).map(({ record }) => record);
      if (batch.length === 0) await pause(50);
      else
        await deliver(batch, {
          mapping: { ...aMapping, bisectOnError: true },
          now: () => Date.now() / 1000,
          // Lambda doesn't document how long it waits before a retry.
          backOff: async () => true,
          checkpoint: () => undefined,
          giveUp: async () => undefined,
          async invoke(part) {
            const end = Date.now() + patience;
            const context = { ...aContext, getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) };
            const Records = batch.filter((record) => part.includes(record));
            return { ok: true, payload: await handler({ Records }, context) };
          },
        });
    }
  };
  await Promise.all(Array.from({ length: flood.shards }, (_, which) => shard(which)));
}

/** Floods one organization whose month is in a partition with a lower limit. */
export async function benchFlood() {
  const engine = await startControlPlane();
  const limited = await startLimitedEngine(engine.endpoint, flood.limit);
  const rows: FloodRow[] = [];
  try {
    const handler = await loadWriter(limited.endpoint, engine.plane.table);
    for (const [writer, patience] of Object.entries(writers)) {
      const organizationId = newOrganizationId(new Date());
      const [began, refusedBefore] = [performance.now(), limited.refused()];
      const records = Array.from({ length: flood.entries }, (_, index) => {
        const due = began + (index / flood.aSecond) * 1000;
        const at = new Date(Date.now() + due - performance.now());
        return { record: kpiChange(organizationId, index, at), due };
      });
      await pour(handler, records, patience);
      const entries = await entriesOf(engine, organizationId);
      const distinct = new Set(entries.map(({ number }) => number)).size;
      const puts = entries.flatMap(({ key, number }) => {
        const put = limited.written.get(key);
        return put === undefined ? [] : [{ ...put, delay: put.at - (records[number]?.due ?? 0) }];
      });
      const row = {
        writer,
        made: flood.entries,
        written: distinct,
        lost: flood.entries - distinct,
        doubled: entries.length - distinct,
        inOrder: entries.every(({ number }, index) => number >= (entries[index - 1]?.number ?? 0)),
        refusedPuts: limited.refused() - refusedBefore,
        unitsEach: puts.reduce((sum, { units }) => sum + units, 0) / puts.length,
        greatestDelay: Math.max(...puts.map(({ delay }) => delay)) / 1000,
      };
      rows.push({ ...row, problem: patience === 0 ? '' : problemOf(row) });
    }
  } finally {
    await limited.stop();
    await engine.stop();
  }
  return { flood, rows };
}

const problemOf = ({ lost, doubled, inOrder, refusedPuts }: Omit<FloodRow, 'problem'>): string =>
  [
    ...(lost > 0 ? ['✗ entries are lost'] : []),
    ...(doubled > 0 ? ['✗ entries are doubled'] : []),
    ...(inOrder ? [] : ['✗ entries are out of order']),
    ...(refusedPuts > 0 ? [] : ['✗ the limit was not reached']),
  ].join(', ');
