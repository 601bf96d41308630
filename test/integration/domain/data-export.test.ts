import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import { NewApiKey } from '../../../domain/api-key/api-key.schema.ts';
import { readKeyText } from '../../../domain/api-key/key-text.ts';
import { createApiKey, revokeApiKey } from '../../../domain/api-key/manage-api-keys.ts';
import { hashOf } from '../../../domain/departure/archive.ts';
import { beginDeparture } from '../../../domain/departure/begin-departure.ts';
import { Manifest } from '../../../domain/departure/export-format.schema.ts';
import { exportObject, requestExport, requireExport } from '../../../domain/departure/find-export.ts';
import { keepExports } from '../../../domain/departure/keep-exports.ts';
import { undoDeparture } from '../../../domain/departure/undo-departure.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { openZip } from '../../../infra/import/zip-export.ts';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { verify } from '../../../web/public/audit-verify.mjs';
import { contextOf } from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, superAdmin } from './support/founding.ts';
import { checkpointing, entry, memoryStore } from './support/leaving.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
const folder = mkdtempSync(join(tmpdir(), 'mtcms-export-'));
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
const ctx = (scope: OrganizationScope, at: Date) => ({ scope, actor: superAdmin, now: at });
let count = 0;

/** An organization that was just frozen, with an entry for that; and a store for its export. */
async function leaving() {
  count += 1;
  const { organization, scope } = await found(plane, `Exported ${count}`);
  const { id: organizationId } = organization;
  await entry(scope, `before-${count}`, 'team.created', minutes(-5));
  const asked = { organizationId, reason: 'Contract ended.', graceDays: 30 };
  await beginDeparture(contextOf(plane, 'user_ann'), asked, plane);
  await entry(scope, `frozen-${count}`, 'organization.frozen', now);
  return { scope, organizationId, ...memoryStore() };
}

type Leaving = Awaited<ReturnType<typeof leaving>>;
async function keep({ store }: Pick<Leaving, 'store'>, at: Date, until = minutes(60)) {
  const checkpoint = checkpointing(plane, () => at);
  const { failures } = await keepExports({ plane, store, checkpoint, clock: () => at, until });
  expect(failures).toEqual([]);
}

/** The file of a finished export, unpacked. */
async function unpacked({ scope, objects }: Leaving, at: Date) {
  const path = join(folder, `${count}.zip`);
  writeFileSync(path, objects.get(await exportObject(scope, at)) ?? '');
  const zip = await openZip(path);
  const files = new Map<string, Buffer>();
  for (const name of zip.paths) files.set(name, await buffer(await zip.open(name)));
  zip.close();
  const manifest = Manifest.parse(JSON.parse(String(files.get('manifest.json'))));
  return { files, manifest };
}

describe('the export of an organization that leaves', () => {
  it('begins a minute after the freeze, once the trail tells of it', async () => {
    const of = await leaving();
    await keep(of, now);
    expect(await requireExport(of.scope, now)).toMatchObject({ status: 'waiting', items: 0 });
    await keep(of, minutes(0.5));
    expect(await requireExport(of.scope, now)).toMatchObject({ status: 'waiting' });
    await keep(of, minutes(1));
    expect(await requireExport(of.scope, now)).toMatchObject({
      status: 'ready',
      availableUntil: minutes(1 + 7 * 24 * 60).toISOString(),
    });
  });

  it('has every item once and the trail with its proof, each file with its checksum', async () => {
    const of = await leaving();
    await keep(of, minutes(2));
    await keep(of, minutes(2));
    const { files, manifest } = await unpacked(of, minutes(3));
    expect(manifest).toMatchObject({
      version: 1,
      organizationId: of.organizationId,
      frozenAt: now.toISOString(),
    });
    expect(manifest.counts).toMatchObject({ organization: 1, directoryRow: 1, invitation: 1, emailClaim: 1 });
    expect(manifest.counts).not.toHaveProperty('dataExport');
    expect(manifest.files.map(({ path }) => path).toSorted()).toEqual(
      [...files.keys()].filter((path) => path !== 'manifest.json').toSorted(),
    );
    for (const { path, sha256, bytes, lines } of manifest.files) {
      const content = files.get(path) ?? Buffer.alloc(0);
      expect([hashOf(content), content.length]).toEqual([sha256, bytes]);
      expect(String(content).trimEnd().split('\n')).toHaveLength(lines);
    }
    const proof = manifest.files.filter(({ path }) => path.startsWith('audit-log/'));
    const report = await verify(proof.map(({ path }) => files.get(path) ?? Buffer.alloc(0)));
    expect(report).toMatchObject({ findings: [], facts: { entries: 2 } });
    const items = Object.values(manifest.counts).reduce((sum, one) => sum + one, 0);
    expect(await requireExport(of.scope, minutes(3))).toMatchObject({ items: items + 2 });
  });

  it('has nothing of what stays, also when that was deleted: a deletion record keeps a key’s hash', async () => {
    const of = await leaving();
    const { scope, organizationId } = of;
    const by = ctx(scope, now);
    const ability = abilityOf(rulesFor({ userId: 'user_x', role: 'org_admin', organizationId, teams: {} }));
    const input = NewApiKey.parse({ name: 'Import', scopes: ['kpis:read'] });
    const { key = '', id, revision } = await createApiKey(by, { stage: 'test', ability, input });
    await revokeApiKey(by, { apiKeyId: id, revision });
    await keep(of, minutes(2));
    const { files, manifest } = await unpacked(of, minutes(3));
    expect(manifest.counts).not.toHaveProperty('tombstone');
    const hash = readKeyText('test', key)?.hash ?? 'none';
    expect([...files.values()].join('\n')).not.toContain(hash);
  });

  it('that is stopped in the middle is gone on with, and has the same in the end', async () => {
    const whole = await leaving();
    await keep(whole, minutes(2));
    const { counts } = (await unpacked(whole, minutes(3))).manifest;
    const cut = await leaving();
    let [runs, at, isExporting] = [0, minutes(2).getTime(), false];
    // Checking other departing organizations takes no time, wherever they are in the list.
    const clock = () => {
      at += isExporting ? 10 : 0;
      return new Date(at);
    };
    const store = {
      ...cut.store,
      kept: async (key: string) => {
        isExporting = true;
        return await cut.store.kept(key);
      },
    };
    for (; (await requireExport(cut.scope, minutes(0)).catch(() => null))?.status !== 'ready'; runs += 1) {
      expect(runs).toBeLessThan(100);
      // Each run has time for a few steps, and every second one is killed in the middle of them.
      cut.faults.putsLeft = runs % 2 === 0 ? Number.POSITIVE_INFINITY : 1;
      isExporting = false;
      const checkpoint = checkpointing(plane, clock);
      await keepExports({ plane, store, checkpoint, clock, until: new Date(at + 40) });
    }
    expect(runs).toBeGreaterThan(3);
    expect((await unpacked(cut, minutes(4))).manifest.counts).toEqual(counts);
  });

  it('begins anew when something changes meanwhile, and fails when that doesn’t end', async () => {
    const of = await leaving();
    await keep(of, minutes(1));
    const again = await leaving();
    const changing = {
      ...again.store,
      finish: async (...parameters: Parameters<typeof again.store.finish>) => {
        await entry(again.scope, `late-${again.objects.size}-${Math.random()}`, 'kpi.updated', minutes(50));
        await again.store.finish(...parameters);
      },
    };
    const runAt = async (at: number) => {
      await keep({ store: changing }, minutes(at), minutes(at + 10));
      return (await requireExport(again.scope, minutes(at))).status;
    };
    expect(await runAt(2)).toBe('waiting');
    expect(await runAt(20)).toBe('waiting');
    expect(await runAt(40)).toBe('failed');
    await requestExport(ctx(again.scope, minutes(60)));
    await keep(again, minutes(61), minutes(70));
    expect(await requireExport(again.scope, minutes(61))).toMatchObject({ status: 'ready' });
  });

  it('goes on in what records who reads, and in keys and webhooks, which stay: that is no change', async () => {
    const of = await leaving();
    const harmless = [
      ...['session.started', 'access.refused', 'support-access.viewed'],
      ...['api-key.used', 'api-key.revoked', 'webhook.paused'],
    ];
    for (const [at, action] of harmless.entries())
      await entry(of.scope, `read-${at}-${count}`, action, minutes(30));
    await keep(of, minutes(2));
    expect(await requireExport(of.scope, minutes(2))).toMatchObject({ status: 'ready' });
  });

  it('can be downloaded for seven days, and asked for anew as long as the organization is frozen', async () => {
    const of = await leaving();
    await keep(of, minutes(2));
    await expect(requestExport(ctx(of.scope, minutes(3)))).rejects.toMatchObject({
      reason: 'export_under_way',
    });
    const later = minutes(2 + 7 * 24 * 60);
    expect(await requireExport(of.scope, later)).toMatchObject({ status: 'expired' });
    await expect(exportObject(of.scope, later)).rejects.toMatchObject({ code: 'not_found' });
    expect(await requestExport(ctx(of.scope, later))).toMatchObject({ status: 'waiting' });
    await undoDeparture(contextOf(plane, 'user_ann'), of.organizationId, plane);
    await expect(requestExport(ctx(of.scope, later))).rejects.toMatchObject({ code: 'not_found' });
  });
});
