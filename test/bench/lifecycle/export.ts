import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { appendEntries, together } from '../../../domain/audit/append-entries.ts';
import { KnownHeads } from '../../../domain/audit/append-leaves.ts';
import { takeCheckpoint } from '../../../domain/audit/checkpoints/take-checkpoint.ts';
import { type KpiId, newCheckInId, newKpiId, newOrganizationId, UserId } from '../../../domain/ids.ts';
import { CheckInItem, KpiItem } from '../../../domain/kpi/kpi.noun.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import type { Write } from '../../../domain/table/transaction.ts';
import { create, fresh } from '../../../domain/table/writes.ts';
import { startControlPlane } from '../../integration/domain/support/control-plane.ts';
import { notary } from '../../integration/domain/support/leaving.ts';
import { numberedEntries } from '../../support/trail-entries.ts';

/** The cost of an export of that many items. */
export interface ExportRow {
  readonly items: number;
  /** The zip's size, MB. */
  readonly zip: number;
  readonly unitsPerThousand: number;
  readonly seconds: number;
  /** Heap after a collection, at the first progress record and at its peak, MB. */
  readonly early: number;
  readonly highest: number;
  /** The process's peak memory, MB. */
  readonly resident: number;
  /** The maximum size of the state for the next run, KB. */
  readonly note: number;
}

const Measured = z.object({
  ...{ items: z.number(), bytes: z.number(), units: z.number(), note: z.number() },
  ...{ heap: z.array(z.number()), resident: z.number(), seconds: z.number() },
});

const run = promisify(execFile);
const perKpi = 1000;
const at = new Date('2026-11-02T09:00:00.000Z');
const actor = { by: 'user_ann', role: 'org_admin', name: 'Ann Arbor', requestId: 'bench' } as const;
/** One in ten items is an entry of the audit log, up to a maximum. */
const mostEntries = 20_000;

/** Puts raw items, 25 at a time. */
async function putAll({ client, table }: ControlPlane, items: readonly object[]): Promise<void> {
  for (let from = 0; from < items.length; from += 25) {
    const requests = items.slice(from, from + 25).map((item) => ({ PutRequest: { Item: { ...item } } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  }
}

const stored = ({ item }: Write): object => item.Put?.Item ?? {};

/** Writes KPIs, and the check-ins of the first one, which `measured-export.ts` returns for each. */
async function writeKpis(scope: OrganizationScope, count: number): Promise<KpiId> {
  const ctx = { scope, actor, now: at };
  const ids = Array.from({ length: count }, () => newKpiId(at));
  const [kpiId = newKpiId(at)] = ids;
  const items = ids.map((id) => create(scope, KpiItem, fresh(ctx, KpiItem, kpiOf(id), 'kpi.created')));
  const checkIns = Array.from({ length: perKpi }, (_, number) => {
    const time = new Date(at.getTime() + number * 1000);
    const one = {
      ...{ kpiId, checkInId: newCheckInId(time, at), at: time.toISOString(), value: number },
      ...{ note: 'As the shop has counted it, without what was sent back.', by: actor.by, expiresAt: 2e9 },
    };
    return create(scope, CheckInItem, fresh(ctx, CheckInItem, one, 'check-in.created'));
  });
  await putAll(scope, [...items, ...checkIns].map(stored));
  return kpiId;
}

const kpiOf = (kpiId: KpiId) =>
  ({
    ...{ kpiId, name: `KPI ${kpiId}`, unit: 'EUR', assigneeIds: [], createdBy: actor.by },
    goal: { direction: 'up', baseline: 0, target: 1000, period: { start: '2026-01-01', end: '2026-12-31' } },
    ...{ owner: { kind: 'user' as const, userId: UserId.parse(actor.by) }, holder: `member#${actor.by}` },
  }) as const;

/** An audit log of that many entries with its tree, sealed and signed. */
async function writeTrail(scope: OrganizationScope, count: number): Promise<void> {
  const heads = new KnownHeads();
  for (let from = 0; from < count; from += 9900)
    for (const part of together(
      numberedEntries(scope.organizationId, Math.min(9900, count - from), { from }),
    ))
      await appendEntries(scope, part, { heads });
  const anchors = { put: async () => undefined, read: async () => '' };
  for (let hour = 1; hour < 20; hour += 1) {
    const now = new Date(Date.now() + hour * 3_600_000);
    if ((await takeCheckpoint(scope, { notary, anchors }, now)).newest?.size === count) return;
  }
  throw new Error('the trail is not sealed');
}

/**
 * The export of an organization at each number of items, each in a separate process. Every KPI's check-ins
 * are read from the engine, page by page; all have those of one, because a million take too long to write.
 */
export async function benchExport(sizes: readonly number[]): Promise<readonly ExportRow[]> {
  const { plane, endpoint, stop } = await startControlPlane();
  const rows: ExportRow[] = [];
  try {
    for (const size of sizes) {
      const scope = withinOrganization(plane, newOrganizationId(at));
      const entries = Math.min(size / 10, mostEntries);
      const kpiId = await writeKpis(scope, Math.ceil((size - entries) / perKpi));
      await writeTrail(scope, entries);
      const script = join(import.meta.dirname, 'measured-export.ts');
      const options = ['--table', plane.table, '--organization', scope.organizationId, '--like', kpiId];
      const env = {
        PATH: process.env.PATH,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      };
      const { stdout } = await run(process.execPath, ['--expose-gc', script, ...options], { env });
      const { items, bytes, units, heap, resident, seconds, note } = Measured.parse(JSON.parse(stdout));
      if (items < size) throw new Error(`${items} of ${size} items were exported`);
      rows.push({
        ...{ items, seconds, zip: bytes / 1e6, unitsPerThousand: (units / items) * 1000 },
        ...{ early: (heap[1] ?? heap[0] ?? 0) / 1e6, highest: Math.max(...heap) / 1e6 },
        ...{ resident: resident / 1e6, note: note / 1e3 },
      });
    }
  } finally {
    await stop();
  }
  return rows;
}
