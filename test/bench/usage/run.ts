import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { UserId } from '../../../domain/ids.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { recordActivity } from '../../../domain/usage/record-activity.ts';
import { startControlPlane } from '../../integration/domain/support/control-plane.ts';
import { foundedOf } from '../../support/numbered-organizations.ts';

const sizes = [100, 1000, 10_000] as const;
const dayMs = 86_400_000;
const tolerance = 0.1;

const Measured = z.object({ organizations: z.number(), units: z.number(), heap: z.array(z.number()) });

/** A run over that many organizations: capacity units for each, and megabytes of heap after a collection. */
interface UsageRow {
  readonly organizations: number;
  readonly unitsEach: number;
  /** Those of a missed day, closed three weeks later. */
  readonly lateUnitsEach: number;
  /** After the first pages, and at the end: by then, the code is loaded and the organizations differ. */
  readonly early: number;
  readonly last: number;
  readonly highest: number;
  readonly problem: string;
}

const run = promisify(execFile);

async function runOnce(endpoint: string, table: string, now: Date, date?: string) {
  const script = join(import.meta.dirname, 'measured-run.ts');
  const missed = date === undefined ? [] : ['--date', date];
  const options = ['--table', table, '--now', now.toISOString(), ...missed];
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  };
  const { stdout } = await run(process.execPath, ['--expose-gc', script, ...options], { env });
  return Measured.parse(JSON.parse(stdout));
}

/** Founds organizations with numbers from one up to, excluding, another, each with an active user. */
async function found(plane: ControlPlane, from: number, to: number, now: Date): Promise<void> {
  for (let next = from; next < to; next += 50) {
    const some = Array.from({ length: Math.min(50, to - next) }, (_, index) =>
      foundedOf(plane, next + index, now),
    );
    await transact(
      plane,
      some.map(({ write }) => write),
    );
    await Promise.all(some.map(({ scope }) => recordActivity(scope, UserId.parse('user_active'), now)));
  }
}

/** The daily usage run at each number of organizations, each in a separate process. */
export async function benchUsage(): Promise<UsageRow[]> {
  const { plane, endpoint, stop } = await startControlPlane();
  const today = new Date();
  const rows: UsageRow[] = [];
  let founded = 0;
  try {
    for (const [index, size] of sizes.entries()) {
      await found(plane, founded, size, today);
      founded = size;
      // A separate day for each, since a final day isn't computed again.
      const now = new Date(today.getTime() + (index + 1) * dayMs);
      const { organizations, units, heap } = await runOnce(endpoint, plane.table, now);
      if (organizations !== size) throw new Error(`${organizations} of ${size} organizations were computed`);
      const later = new Date(now.getTime() + 21 * dayMs);
      const late = await runOnce(endpoint, plane.table, later, now.toISOString().slice(0, 10));
      const megabytes = heap.map((bytes) => bytes / 1e6);
      const row = {
        organizations,
        unitsEach: units / size,
        lateUnitsEach: late.units / size,
        early: megabytes[1] ?? 0,
        last: megabytes.at(-1) ?? 0,
        highest: Math.max(...megabytes),
      };
      rows.push({ ...row, problem: problemOf(row, rows[0]) });
    }
  } finally {
    await stop();
  }
  return rows;
}

/**
 * The rules that a run breaks: units per organization, and the heap, don't depend on the number of
 * organizations.
 */
function problemOf(row: Omit<UsageRow, 'problem'>, first: UsageRow | undefined): string {
  if (first === undefined) return '';
  const differs = (name: 'unitsEach' | 'lateUnitsEach') => Math.abs(row[name] / first[name] - 1) > tolerance;
  const units = differs('unitsEach') || differs('lateUnitsEach');
  const heap = row.highest / first.highest - 1 > tolerance;
  return [...(units ? ['✗ units change'] : []), ...(heap ? ['✗ the heap grows'] : [])].join(', ');
}
