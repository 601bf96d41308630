import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries, together } from '../../../domain/audit/append-entries.ts';
import { AuditItem } from '../../../domain/audit/audit.noun.ts';
import { sealTrail } from '../../../domain/audit/seal-trail.ts';
import { sha256 } from '../../../domain/audit/sha256.ts';
import { storedLeaves } from '../../../domain/audit/stored-leaves.ts';
import { storedSubtrees } from '../../../domain/audit/stored-tiles.ts';
import { toBase64 } from '../../../domain/audit/tree/hash.ts';
import { rootAt } from '../../../domain/audit/tree/proofs.ts';
import { withdrawEntries } from '../../../domain/audit/withdraw-entries.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { write } from '../../../domain/table/transaction.ts';
import { create } from '../../../domain/table/writes.ts';
import { numberedEntries } from '../../support/trail-entries.ts';
import { startControlPlane } from './support/control-plane.ts';
import {
  later,
  now,
  putBeside,
  rootOfStored,
  sealAll,
  searchedOrganization,
  unknownOrganization,
  written,
} from './support/sealed.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const nobody = () => unknownOrganization(plane);
const organization = () => searchedOrganization(plane);

describe('entries from before there was a tree', () => {
  it('are sealed in once, as such, oldest first, behind what was written meanwhile', async () => {
    const scope = nobody();
    const month = 30 * 86_400_000;
    await putBeside(scope, 40, { at: (number) => Date.UTC(2024, 0, 1) + (39 - number) * month });
    await written(scope, 5, { from: 100 });
    await sealTrail(scope, now);
    const sealed = await sealAll(scope, later);
    expect(sealed).toMatchObject({ size: 45, broken: null });
    const leaves = await storedLeaves(scope, { from: 0, to: 45 });
    expect(leaves.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 5 }, () => 'written'),
      ...Array.from({ length: 40 }, () => 'earlier'),
    ]);
    const times = leaves.slice(5).map((leaf) => 'timestamp' in leaf && leaf.timestamp);
    expect(times).toEqual(times.toSorted());
    expect(await sealAll(scope, later)).toMatchObject({ size: 45 });
    expect(toBase64(await rootAt(storedSubtrees(scope), 45, sha256))).toBe(toBase64(sealed.root));
  });

  it('are not looked for while an earlier version may still write, nor after', async () => {
    const scope = nobody();
    await putBeside(scope, 3);
    expect(await sealTrail(scope, now)).toMatchObject({ size: 0, isAll: false });
    expect(await sealTrail(scope, new Date(now.getTime() + 19 * 60_000))).toMatchObject({ isAll: false });
    await putBeside(scope, 2, { from: 3 });
    expect(await sealAll(scope, later)).toMatchObject({ size: 5 });
    // From now on, an entry put without the tree is detected.
    await putBeside(scope, 2, { from: 9 });
    expect(await sealAll(scope, later)).toMatchObject({ size: 5 });
  });

  it('are sealed in once by several at once, while others are written', async () => {
    const scope = nobody();
    await putBeside(scope, 60);
    await sealTrail(scope, now);
    await Promise.allSettled([
      sealTrail(scope, later),
      sealTrail(scope, later),
      written(scope, 120, { from: 500 }),
      sealTrail(scope, later),
    ]);
    const sealed = await sealAll(scope, later);
    expect(sealed).toMatchObject({ size: 180, broken: null });
    const leaves = await storedLeaves(scope, { from: 0, to: 180 });
    expect(new Set(leaves.map((leaf) => 'id' in leaf && leaf.id)).size).toBe(180);
  });
});

describe('entries that were imported', () => {
  const importedBy = (scope: OrganizationScope, runId: string, count: number) =>
    numberedEntries(scope.organizationId, count, {
      at: (number) => Date.UTC(2020, (number * 7) % 60, 1),
    }).map(({ entry }) => ({ entry: { ...entry, id: `legacy-${entry.id}`, requestId: runId } }));

  async function imported(scope: OrganizationScope, entries: ReturnType<typeof importedBy>) {
    for (const part of together(entries, 'imported')) await appendEntries(scope, part, { kind: 'imported' });
  }
  const keysOf = (entries: ReturnType<typeof importedBy>) => entries.map(({ entry }) => entry);

  it('are in the tree as such, whatever their times, and when they are undone it says so', async () => {
    const scope = await organization();
    const entries = importedBy(scope, 'imp_1', 130);
    await imported(scope, entries.slice(0, 100));
    await written(scope, 3, { from: 900 });
    await imported(scope, entries);
    expect(await sealAll(scope, later)).toMatchObject({ size: 133, broken: null });

    const some = keysOf(entries).slice(90, 110);
    expect(await withdrawEntries(scope, some, 'imp_2')).toEqual([]);
    expect(await withdrawEntries(scope, some, 'imp_1')).toEqual(some.map(({ id }) => id));
    expect(await withdrawEntries(scope, some, 'imp_1')).toEqual([]);
    const sealed = await sealAll(scope, later);
    expect(sealed).toMatchObject({ size: 135, broken: null });
    const leaves = await storedLeaves(scope, { from: 90, to: 135 });
    expect(leaves.slice(0, 14).map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 10 }, () => 'imported'),
      ...['written', 'written', 'written', 'imported'],
    ]);
    expect(leaves.slice(-2)).toEqual([
      { kind: 'withdrawn', sequence: 133, from: 90, to: 99 },
      { kind: 'withdrawn', sequence: 134, from: 103, to: 112 },
    ]);
    expect(await rootOfStored(scope, 135)).toEqual(sealed.root);
  });

  it('before there was a tree are withdrawn too, also while they are being sealed in', async () => {
    const scope = nobody();
    const entries = importedBy(scope, 'imp_1', 30);
    for (const { entry } of entries) {
      const { id, schemaVersion: _, ...values } = entry;
      const item = { ...values, entryId: id, month: entry.timestamp.slice(0, 7), shard: 0 };
      await write(scope, create(scope, AuditItem, item));
    }
    await sealTrail(scope, now);
    const [some, others] = [keysOf(entries).slice(0, 12), keysOf(entries).slice(12)];
    await Promise.all([sealTrail(scope, later), withdrawEntries(scope, some, 'imp_1')]);
    const sealed = await sealAll(scope, later);
    expect(await withdrawEntries(scope, others, 'imp_1')).toHaveLength(18);
    const all = await sealAll(scope, later);
    expect(all.broken).toBeNull();
    const leaves = await storedLeaves(scope, { from: 0, to: all.size });
    const gone = leaves.flatMap((leaf) =>
      leaf.kind === 'withdrawn'
        ? Array.from({ length: leaf.to - leaf.from + 1 }, (_, at) => leaf.from + at)
        : [],
    );
    const earlier = leaves.filter(({ kind }) => kind === 'earlier').map(({ sequence }) => sequence);
    expect(gone.toSorted((a, b) => a - b)).toEqual(earlier);
    expect(earlier.length).toBeGreaterThanOrEqual(18);
    expect(sealed.broken).toBeNull();
  });
});
