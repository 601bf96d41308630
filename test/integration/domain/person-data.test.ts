import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../../domain/departure/archive.ts';
import { UserId } from '../../../domain/ids.ts';
import { keepPersonExports, notePersonData } from '../../../domain/person-data/keep-person-exports.ts';
import { PersonDataDueItem } from '../../../domain/person-data/person-data.noun.ts';
import {
  personExportObject,
  requestPersonExport,
  requirePersonExport,
} from '../../../domain/person-data/person-export.ts';
import { find } from '../../../domain/table/reads.ts';
import { type ControlPlane, type OrganizationScope, platformScope } from '../../../domain/table/scope.ts';
import { openZip } from '../../../infra/import/zip-export.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { join } from './support/people.ts';
import { minutes, type World, world } from './support/person-world.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
const folder = mkdtempSync(pathOf(tmpdir(), 'mtcms-person-'));
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const keep = async ({ store }: World, at = now, until = minutes(600)) => {
  const { failures } = await keepPersonExports({ plane, store, clock: () => at, until });
  return failures;
};

async function requested({ scope, actor }: World, userId: UserId, at = now) {
  const asked = await requestPersonExport({ scope, actor, now: at }, userId);
  await notePersonData(plane, scope.organizationId, at);
  return asked;
}

/** The lines of an export, by kind, and its manifest; checks each file against the manifest. */
async function unpacked({ scope, objects }: World, userId: UserId, at = now) {
  const path = pathOf(folder, `${userId}.zip`);
  writeFileSync(path, objects.get(await personExportObject(scope, userId, at)) ?? '');
  const zip = await openZip(path);
  const read = async (name: string) => buffer(await zip.open(name));
  const manifest = JSON.parse(String(await read('manifest.json')));
  const lines: Record<string, string[]> = {};
  for (const { path: file, sha256 } of manifest.files) {
    const content = await read(file);
    expect(hashOf(content)).toBe(sha256);
    const kind = file.split('/')[1];
    lines[kind] = [...(lines[kind] ?? []), ...String(content).trimEnd().split('\n')];
  }
  zip.close();
  return { manifest, lines };
}

const isDue = async ({ organizationId: dueOrganization }: OrganizationScope) =>
  (await find(platformScope(plane), PersonDataDueItem, { dueOrganization })) !== null;

describe('the export of one person’s data', () => {
  it('has what is theirs, names them, or is by them in the trail, and nothing of others alone', async () => {
    const of = await world(plane, 'exported');
    const { scope, bob, eve } = of;
    expect(await requested(of, bob)).toMatchObject({ status: 'waiting', items: 0 });
    expect(await keep(of)).toEqual([]);
    const ready = await requirePersonExport(scope, bob, now);
    expect(ready).toMatchObject({ status: 'ready', availableUntil: minutes(7 * 24 * 60).toISOString() });
    const { manifest, lines } = await unpacked(of, bob);
    expect(manifest).toMatchObject({ format: 'mtcms-person-export', userId: bob });
    expect(Object.keys(lines)).toEqual(
      expect.arrayContaining([
        'user',
        'teamMember',
        'invitation',
        'emailClaim',
        'kpi',
        'checkIn',
        'auditEntry',
      ]),
    );
    const own = lines.checkIn?.map((line) => JSON.parse(line));
    expect(own).toHaveLength(1);
    const text = Object.values(lines).flat().join('\n');
    for (const other of [eve, 'exported_eve@people.example', 'Others', '203.0.113.9'])
      expect(text).not.toContain(other);
    expect(ready.items).toBe(Object.values(lines).flat().length);
  });

  it('is the same for who was removed: the trail still says what their address was', async () => {
    const of = await world(plane, 'former');
    await of.remove(of.bob);
    // Another user has that address now.
    const heir = await join(of.scope, 'former_heir', 'team_member', now, 'former_bob@people.example');
    await requested(of, of.bob);
    await keep(of);
    const { lines } = await unpacked(of, of.bob);
    expect(Object.values(lines).flat().join()).not.toContain(heir);
    expect(lines).not.toHaveProperty('user');
    expect(lines.invitation).toHaveLength(1);
    expect(lines.auditEntry?.join()).toContain('invitation.accepted');
    // They may know what an admin did to them, but not the admin's address.
    expect(lines.auditEntry?.join()).toContain('user.removed');
    expect(Object.values(lines).flat().join()).not.toContain('203.0.113.9');
  });

  it('goes on where it was stopped, also when the process ended, and is made once', async () => {
    const of = await world(plane, 'stopped');
    await requested(of, of.bob);
    // Time is up after each page: each run continues from the previous one's state.
    let runs = 0;
    for (; runs < 200 && (await isDue(of.scope)); runs += 1) {
      of.faults.putsLeft = runs % 3 === 1 ? 0 : Number.POSITIVE_INFINITY;
      const at = minutes(runs * 20);
      let looks = 0;
      // The first checks are those before the run starts.
      const clock = () => (looks++ < 8 ? at : minutes(runs * 20 + 2));
      await keepPersonExports({ plane, store: of.store, clock, until: minutes(runs * 20 + 1) });
    }
    expect(runs).toBeGreaterThan(3);
    const at = minutes(runs * 20);
    const { lines } = await unpacked(of, of.bob, at);
    const straight = await world(plane, 'straight');
    await requested(straight, straight.bob);
    await keep(straight);
    const whole = (await unpacked(straight, straight.bob)).lines;
    const counts = (all: Record<string, string[]>) =>
      Object.entries(all)
        .map(([kind, own]) => `${kind} ${own.length}`)
        .toSorted();
    expect(counts(lines)).toEqual(counts(whole));
  });

  it('is one of five that a run makes for an organization, so that no other waits for all', async () => {
    const of = await world(plane, 'many');
    const ids = Array.from({ length: 6 }, (_, at) => UserId.parse(`user_many_${at}`));
    for (const [at, id] of ids.entries()) await requested(of, id, minutes(6 - at));
    const ready = async () => {
      await keep(of, minutes(10));
      const all = ids.map((id) => requirePersonExport(of.scope, id, minutes(10)));
      return (await Promise.all(all)).map(({ status }) => status);
    };
    expect(await ready()).toEqual(['waiting', ...Array.from({ length: 5 }, () => 'ready')]);
    expect(await isDue(of.scope)).toBe(true);
    expect(await ready()).not.toContain('waiting');
    expect(await isDue(of.scope)).toBe(false);
  });

  it('is under way once however often it is asked for, rests a day, and expires after seven', async () => {
    const of = await world(plane, 'asked');
    const { scope, actor, bob, eve } = of;
    await requested(of, bob);
    expect(await requested(of, bob)).toMatchObject({ status: 'waiting', revision: 1 });
    await keep(of);
    await expect(requestPersonExport({ scope, actor, now }, bob)).rejects.toMatchObject({
      reason: 'person_export_of_today',
    });
    expect(await requirePersonExport(scope, bob, minutes(8 * 24 * 60))).toMatchObject({ status: 'expired' });
    await expect(personExportObject(scope, bob, minutes(8 * 24 * 60))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(requirePersonExport(scope, eve, now)).rejects.toMatchObject({ reason: 'no_person_export' });
    const again = await requested(of, bob, minutes(25 * 60));
    expect(again).toMatchObject({ status: 'waiting', items: 0 });
    expect(again).not.toHaveProperty('availableUntil');
  });
});
