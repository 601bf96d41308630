import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { BatchWriteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { TreeSealItem } from '../../../domain/audit/audit.noun.ts';
import { checkpointShard } from '../../../domain/audit/checkpoints/checkpoint-shard.ts';
import { sha256 } from '../../../domain/audit/sha256.ts';
import { emptyFrontier, packed, rootOf } from '../../../domain/audit/tree/frontier.ts';
import { newOrganizationId, type OrganizationId } from '../../../domain/ids.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import { type Item, queryItems } from '../../../domain/table/query.ts';
import { type ControlPlane, type OrganizationScope, platformScope } from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { create } from '../../../domain/table/writes.ts';
import { changesAppender } from '../../../functions/streams/append-changes.ts';
import { readBatch } from '../../../functions/streams/read-batch.ts';
import { startControlPlane } from '../../integration/domain/support/control-plane.ts';
import { notary } from '../../integration/domain/support/leaving.ts';
import { foundedOf } from '../../support/numbered-organizations.ts';
import { aContext } from '../../unit/functions/support/event.ts';
import { type ChangeRecord, kpiChange } from '../flood/kpi-change.ts';
import { median } from '../median.ts';
import { metered } from '../metered-plane.ts';

type Appender = ReturnType<typeof changesAppender>;

let number = 0;
const changes = (organizationId: OrganizationId, count: number): ChangeRecord[] =>
  Array.from({ length: count }, () => {
    number += 1;
    return kpiChange(organizationId, number, new Date());
  });
const someone = () => newOrganizationId(new Date());

// Made once, as in the function: making one takes as long as reading a change.
const logger = new Logger({ logLevel: 'SILENT' });

/** The writer for a batch of the stream. */
export async function write(plane: ControlPlane, handle: Appender, Records: ChangeRecord[]): Promise<void> {
  const reader = {
    logger,
    tombstones: plane,
    setAside: async () => {
      throw new Error('a record was put aside');
    },
    handle,
  };
  const { batchItemFailures } = await readBatch({ Records }, aContext, reader);
  if (batchItemFailures.length > 0) throw new Error('a batch failed');
}

/** The newest entries of an organization, as stored. */
async function entriesOf(
  plane: ControlPlane,
  organizationId: OrganizationId,
  count: number,
): Promise<Item[]> {
  const pk = `${organizationId}#audit#${new Date().toISOString().slice(0, 7)}`;
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
  const newest = { ...query, ScanIndexForward: false, Limit: count };
  return [...(await queryItems(plane, newest, undefined)).items];
}

/** The same entries for another organization, without positions in a tree, as before the tree existed. */
const copied = (
  items: readonly Item[],
  from: OrganizationId,
  to: OrganizationId,
): Record<string, unknown>[] =>
  items.map(({ sequence: _, ...item }) => JSON.parse(JSON.stringify(item).replaceAll(from, to)));

/** Puts items with BatchWriteItem, 25 at a time, its maximum. */
async function writeBare({ client, table }: ControlPlane, items: readonly Item[]): Promise<void> {
  for (let at = 0; at < items.length; at += 25)
    await client.send(
      new BatchWriteCommand({
        RequestItems: {
          [table]: items.slice(at, at + 25).map((one) => ({ PutRequest: { Item: { ...one } } })),
        },
      }),
    );
}

/** Puts new items in one transaction with an update of a counter: what an append needs at least. */
const writeTogether = ({ client, table }: ControlPlane, to: OrganizationId, items: readonly Item[]) =>
  client.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Update: {
            TableName: table,
            Key: { pk: `${to}#audit-tree`, sk: 'head' },
            UpdateExpression: 'SET headSize = :size',
            ExpressionAttributeValues: { ':size': items.length },
          },
        },
        ...items.map((Item) => ({
          Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' },
        })),
      ],
    }),
  );

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

/** How many rounds run before any is measured, until everything is compiled, as in a writer in use. */
const warmUp = 30;

/**
 * The writer compared with a plain batch write of the same entries, and with a transaction of the same
 * writes, alternating.
 */
async function throughput(plane: ControlPlane, handle: Appender, batch: number, rounds: number) {
  const [toBare, toTransaction, rates]: [number[], number[], number[]] = [[], [], []];
  const [own, bareOne, together] = [someone(), someone(), someone()];
  for (let round = -warmUp; round < rounds; round += 1) {
    const records = changes(own, batch);
    const writer = await timed(() => write(plane, handle, records));
    const entries = await entriesOf(plane, own, batch);
    const bareItems = copied(entries, own, bareOne);
    const bare = await timed(() => writeBare(plane, bareItems));
    const items = copied(entries, own, together);
    const transaction = await timed(() => writeTogether(plane, together, items));
    if (round < 0) continue;
    toBare.push(bare / writer);
    toTransaction.push(transaction / writer);
    rates.push((batch / writer) * 1000);
  }
  return { toBare: median(toBare), toTransaction: median(toTransaction), aSecond: median(rates) };
}

/** Units per entry for a batch size, compared with a plain conditional put. */
async function unitsOf(plane: ControlPlane, meter: ReturnType<typeof metered>, batch: number) {
  const [handle, own, other] = [changesAppender(plane, () => undefined), someone(), someone()];
  const batches = Math.max(8, Math.ceil(40 / batch));
  const writer = await meter.of(async () => {
    for (let count = 0; count < batches; count += 1) await write(plane, handle, changes(own, batch));
  });
  const items = copied(await entriesOf(plane, own, batches * batch), own, other);
  const { client, table } = plane;
  const before = await meter.of(async () => {
    for (const one of items)
      await client.send(
        new PutCommand({ TableName: table, Item: one, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
  });
  return { writer: writer / items.length, before: before / items.length };
}

const aSecond = 100;
/** The batching window of the event source mapping. */
const windowMs = 1000;

/** The delay from a change to its entry, at a rate of changes per second in ten organizations. */
async function lag(plane: ControlPlane, handle: Appender, seconds: number): Promise<number> {
  const organizations = Array.from({ length: 10 }, someone);
  const begun = performance.now();
  const due = (index: number) => begun + (index / aSecond) * 1000;
  const lags: number[] = [];
  for (let next = 0; next < aSecond * seconds; ) {
    await pause(Math.max(0, due(next) + windowMs - performance.now()));
    const until = Math.min(aSecond * seconds, next + 100);
    const batch: ChangeRecord[] = [];
    const first = next;
    for (; next < until && due(next) <= performance.now(); next += 1)
      batch.push(...changes(organizations[next % organizations.length] ?? someone(), 1));
    await write(plane, handle, batch);
    for (let index = first; index < next; index += 1) lags.push(performance.now() - due(index));
  }
  return lags.toSorted((one, other) => one - other)[Math.floor(lags.length * 0.99)] ?? 0;
}

const hourMs = 3_600_000;
const inATransaction = 50;

/** The cost of a seal with no new entries, in an audit log without entries from before the tree. */
const firstSeal = (scope: OrganizationScope, now: Date) =>
  create(scope, TreeSealItem, {
    ...{ size: 0, root: rootOf(emptyFrontier, sha256), stored: 0, frontier: packed(emptyFrontier) },
    ...{ at: now.toISOString(), earlier: { notBefore: now.toISOString(), isDone: true } },
  });

/** Founds organizations with numbers from one up to, excluding, another. */
async function found(plane: ControlPlane, from: number, to: number, now: Date): Promise<OrganizationId[]> {
  const all: OrganizationId[] = [];
  for (let next = from; next < to; next += inATransaction) {
    const count = Math.min(inATransaction, to - next);
    const some = Array.from({ length: count }, (_, index) => foundedOf(plane, next + index, now));
    await transact(
      plane,
      some.flatMap((one) => [one.write, firstSeal(one.scope, now)]),
    );
    all.push(...some.map(({ scope }) => scope.organizationId));
  }
  return all;
}

/**
 * The hourly checkpoints at each number of organizations, as the scheduled function makes them, without the
 * bucket: units per organization with three new entries and with none, and seconds for all, one shard after
 * another.
 */
async function checkpoints(plane: ControlPlane, meter: ReturnType<typeof metered>, sizes: readonly number[]) {
  const handle = changesAppender(plane, () => undefined);
  const failing = (_: unknown, error: unknown) => {
    throw error;
  };
  const anchors = { put: async () => undefined, read: async () => '' };
  const run = { directory: plane, trails: plane, notary, anchors, onFailure: failing, onBroken: failing };
  const takeAll = async (at: Date) => {
    for (let shard = 0; shard < directoryShards; shard += 1) await checkpointShard(run, shard, at);
  };
  const start = new Date();
  await transact(plane, [firstSeal(platformScope(plane), start)]);
  const founded: OrganizationId[] = [];
  const rows = [];
  for (const [index, count] of sizes.entries()) {
    founded.push(...(await found(plane, founded.length, count, start)));
    for (const organizationId of founded) await write(plane, handle, changes(organizationId, 3));
    const at = new Date(start.getTime() + (index + 1) * hourMs);
    let milliseconds = 0;
    const some = await meter.of(async () => {
      milliseconds = await timed(() => takeAll(at));
    });
    const none = await meter.of(() => takeAll(at));
    rows.push({ count, some: some / count, none: none / count, seconds: milliseconds / 1000 });
  }
  return rows;
}

/**
 * The cost of the audit log's tree, in time and units, compared with the previous or a minimal
 * implementation.
 */
export async function benchAudit({ rounds, seconds, organizations }: typeof thorough) {
  const { plane, stop } = await startControlPlane();
  try {
    const handle = changesAppender(plane, () => undefined);
    const speed = [];
    for (const batch of [1, 10, 99])
      speed.push({ batch, ...(await throughput(plane, handle, batch, rounds)) });
    const p99 = await lag(plane, handle, seconds);
    const meter = metered(plane);
    const units = [];
    for (const batch of [1, 3, 10, 99]) units.push({ batch, ...(await unitsOf(plane, meter, batch)) });
    return { speed, p99, units, sealed: await checkpoints(plane, meter, organizations) };
  } finally {
    await stop();
  }
}

export const thorough = { rounds: 99, seconds: 30, organizations: [100, 1000, 10_000] };
export const quick = { rounds: 25, seconds: 8, organizations: [40, 200] };
