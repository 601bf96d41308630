import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { sealTrail } from '../../../domain/audit/seal-trail.ts';
import { newOrganizationId, type OrganizationId } from '../../../domain/ids.ts';
import { type Item, queryItems } from '../../../domain/table/query.ts';
import { type ControlPlane, withinOrganization } from '../../../domain/table/scope.ts';
import { changesAppender } from '../../../functions/streams/append-changes.ts';
import { readBatch } from '../../../functions/streams/read-batch.ts';
import { startControlPlane } from '../../integration/domain/support/control-plane.ts';
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

/** The writer on a batch of the stream. */
export async function write(plane: ControlPlane, handle: Appender, Records: ChangeRecord[]): Promise<void> {
  const reader = {
    logger: new Logger({ logLevel: 'SILENT' }),
    tombstones: plane,
    setAside: async () => {
      throw new Error('a record was put aside');
    },
    handle,
  };
  const { batchItemFailures } = await readBatch({ Records }, aContext, reader);
  if (batchItemFailures.length > 0) throw new Error('a batch failed');
}

/** The newest entries of an organization, as the table has them. */
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

/** The same entries as those of another organization, without their place in a tree: as it was before. */
const copied = (
  items: readonly Item[],
  from: OrganizationId,
  to: OrganizationId,
): Record<string, unknown>[] =>
  items.map(({ sequence: _, ...item }) => JSON.parse(JSON.stringify(item).replaceAll(from, to)));

/** Items by BatchWriteItem: 25 at once, which is all that it takes. */
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

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

/** The writer beside a bare batch write of the same entries, by turns. */
async function throughput(plane: ControlPlane, handle: Appender, batch: number, rounds: number) {
  const ratios: number[] = [];
  const rates: number[] = [];
  const [own, other] = [someone(), someone()];
  for (let round = -1; round < rounds; round += 1) {
    const records = changes(own, batch);
    const writer = await timed(() => write(plane, handle, records));
    const items = copied(await entriesOf(plane, own, batch), own, other);
    const bare = await timed(() => writeBare(plane, items));
    // The first warms up.
    if (round < 0) continue;
    ratios.push(bare / writer);
    rates.push((batch / writer) * 1000);
  }
  return { toBare: median(ratios), aSecond: median(rates) };
}

/** Units of an entry in batches of a size, beside those of an entry by a plain conditional put. */
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
/** What the event source mapping gathers for at most. */
const windowMs = 1000;

/** How long after its change an entry is there, at so many changes a second of ten organizations. */
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

/**
 * Units of an hour's sealing of each of so many organizations: with a few new entries each, and with none.
 */
async function sealing(plane: ControlPlane, meter: ReturnType<typeof metered>, count: number) {
  const handle = changesAppender(plane, () => undefined);
  const scopes = Array.from({ length: count }, () => withinOrganization(plane, someone()));
  const start = new Date();
  const later = new Date(start.getTime() + 3_600_000);
  const writeAll = async (each: number) => {
    for (const { organizationId } of scopes) await write(plane, handle, changes(organizationId, each));
  };
  const sealAll = async (at: Date) => {
    for (const scope of scopes) while (!(await sealTrail(scope, at)).isAll && at !== start);
  };
  await writeAll(20);
  await sealAll(start);
  await sealAll(later);
  await writeAll(3);
  const some = await meter.of(() => sealAll(later));
  const milliseconds = await timed(() => sealAll(later));
  const none = await meter.of(() => sealAll(later));
  return { some: some / count, none: none / count, milliseconds: milliseconds / count };
}

/**
 * The audit trail's tree: what it costs in time and units. Everything is paired with how it was, or is bare.
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
    const sealed = [];
    for (const count of organizations) sealed.push({ count, ...(await sealing(plane, meter, count)) });
    return { speed, p99, units, sealed };
  } finally {
    await stop();
  }
}

export const thorough = { rounds: 15, seconds: 30, organizations: [10, 100, 400] };
export const quick = { rounds: 5, seconds: 8, organizations: [5, 40] };
