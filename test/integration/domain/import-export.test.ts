import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../domain/departure/archive.ts';
import { beginDeparture } from '../../../domain/departure/begin-departure.ts';
import { exportObject } from '../../../domain/departure/find-export.ts';
import { keepExports } from '../../../domain/departure/keep-exports.ts';
import { addFile, closing, emptyZip } from '../../../domain/departure/zip-writer.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { findOrganization } from '../../../domain/organization/find-organization.ts';
import { type ControlPlane, withinOrganization } from '../../../domain/table/scope.ts';
import {
  importOrganizationExport,
  type OrganizationExport,
  openOrganizationExport,
} from '../../../infra/import/organization-export.ts';
import { openZip } from '../../../infra/import/zip-export.ts';
import { contextOf } from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now } from './support/founding.ts';
import { checkpointing, entry, memoryStore } from './support/leaving.ts';

const folder = mkdtempSync(join(tmpdir(), 'mtcms-arrival-'));
const path = join(folder, 'export.zip');
let [here, there]: ControlPlane[] = [];
let organizationId: OrganizationId;
const stops: (() => Promise<void>)[] = [];
const after = new Date(now.getTime() + 120_000);

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const [one, two] = [await startControlPlane(), await startControlPlane()];
  [here, there] = [one.plane, two.plane];
  stops.push(one.stop, two.stop);
  const { organization, scope } = await found(one.plane, 'Moving');
  organizationId = organization.id;
  for (let number = 0; number < 120; number += 1) await entry(scope, `entry-${number}`, 'team.created', now);
  const asked = { organizationId, reason: 'They move.', graceDays: 30 };
  await beginDeparture(contextOf(one.plane, 'user_ann'), asked, one.plane);
  await entry(scope, 'frozen', 'organization.frozen', now);
  const { store, objects } = memoryStore();
  const clock = () => after;
  const checkpoint = checkpointing(one.plane, clock);
  const until = new Date(after.getTime() + 600_000);
  await keepExports({ plane: one.plane, store, checkpoint, clock, until });
  writeFileSync(path, objects.get(await exportObject(scope, after)) ?? '');
});
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true });
});

async function opened(file = path): Promise<OrganizationExport> {
  const found = await openOrganizationExport(await openZip(file));
  if (found === null) throw new Error('no export');
  return found;
}
const arriving = async (plane: ControlPlane | undefined, applies = true) => {
  if (plane === undefined) throw new Error('no table');
  return await importOrganizationExport(await opened(), plane, { applies, now: after });
};

/** The export with one file changed. */
async function changed(change: (path: string, content: Buffer) => Buffer): Promise<string> {
  const { files } = await opened();
  const parts: Buffer[] = [];
  let zip = emptyZip;
  for (const name of files.paths) {
    const added = addFile(zip, name, change(name, await buffer(await files.open(name))));
    parts.push(added.bytes);
    zip = added.zip;
  }
  const file = join(folder, 'changed.zip');
  writeFileSync(file, Buffer.concat([...parts, closing(zip)]));
  return file;
}

const none = (): never => {
  throw new Error('no table');
};

/** The export with different lines in one file, and a matching manifest. */
async function forged(lines: (before: string) => string): Promise<string> {
  const { files, manifest } = await opened();
  const at = manifest.files.findIndex(({ path: name }) => name.startsWith('data/organization/'));
  const listed = manifest.files[at] ?? none();
  const content = Buffer.from(lines(String(await buffer(await files.open(listed.path)))));
  const own = { ...listed, bytes: content.length, sha256: hashOf(content) };
  const agreeing = JSON.stringify({ ...manifest, files: manifest.files.with(at, own) });
  return await changed((name, before) => {
    if (name === 'manifest.json') return Buffer.from(agreeing);
    return name === listed.path ? content : before;
  });
}

describe('the import of an organization’s export', () => {
  it('shows first what it would do', async () => {
    expect(await arriving(there, false)).toBe(true);
    expect(there && (await findOrganization(withinOrganization(there, organizationId)))).toBeNull();
  });

  it('brings everything to an empty stage, with the trail’s signed root, and isn’t frozen there', async () => {
    expect(await arriving(there)).toBe(true);
    const profile = there && (await findOrganization(withinOrganization(there, organizationId)));
    expect(profile).toMatchObject({ name: 'Moving', updatedBy: { id: 'system:import' } });
    expect(profile?.frozenAt).toBeUndefined();
    // Repeating it changes nothing.
    expect(await arriving(there)).toBe(true);
  });

  it('is refused where the organization is, or has left from', async () => {
    await expect(arriving(here)).rejects.toThrow('has left this very stage');
  });

  it('refuses one of a newer version, by saying so', async () => {
    const newer = await changed((name, content) =>
      name === 'manifest.json' ? Buffer.from(String(content).replace('"version":1', '"version":2')) : content,
    );
    await expect(opened(newer)).rejects.toThrow('made by a newer version (format 2)');
  });

  it('refuses one in which a file was changed, or is too much', async () => {
    const other = await changed((name, content) =>
      name.startsWith('data/organization/')
        ? Buffer.from(String(content).replace('Moving', 'Moved!'))
        : content,
    );
    await expect(opened(other)).rejects.toThrow('checksum is another');
  });

  it('refuses one that would write elsewhere, though all its checksums agree', async () => {
    const { organization } = await found(there ?? none(), 'Victim');
    const whole = (item: object) =>
      forged(
        (lines) => `${lines}${JSON.stringify({ ...JSON.parse(lines.split('\n')[0] ?? ''), ...item })}\n`,
      );
    const own = `${organizationId}#`;
    const strange = [
      { pk: `${organization.id}#user`, sk: 'user_me', role: 'org_admin' },
      { pk: 'platform#organization-name', sk: 'victim' },
      { pk: `${own}user`, sk: 'user_me', organizationId: organization.id },
      { pk: `${own}user`, sk: 'user_me', memberPk: `${organization.id}#member#user_me` },
      { pk: `${own}api-key`, sk: 'key_01ARZ3NDEKTSV4RRFFQ69G5FAV', hash: 'known' },
      { pk: `${own}nothing-we-know`, sk: 'x' },
    ];
    for (const item of strange) {
      const file = await opened(await whole(item));
      const importing = importOrganizationExport(file, there ?? none(), { applies: true, now: after });
      await expect(importing).rejects.toThrow('isn’t this organization’s');
    }
  });
});
