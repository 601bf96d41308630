import { createWriteStream, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { trailOf } from '../../../domain/audit/list-trail.ts';
import { findOrganizationNamed } from '../../../domain/import/import-organization.ts';
import { findOrganization } from '../../../domain/organization/find-organization.ts';
import { type OrganizationScope, withinOrganization } from '../../../domain/table/scope.ts';
import { auditLog, organization, user } from '../../unit/domain/import/planning.ts';
import { organizationOf } from '../domain/support/members.ts';
import { itemsIn, startImport, writeExport } from './support.ts';

let command: Awaited<ReturnType<typeof startImport>>;
beforeAll(async () => {
  command = await startImport();
});
afterAll(() => command.stop());

const now = new Date('2026-11-25T12:00:00.000Z');
const twice = (text: string) => [text, text].map((one) => expect.stringContaining(one));
const place = () => mkdtempSync(join(tmpdir(), 'mtcms-export-'));

describe('an export that can’t be read for certain', () => {
  /** The output of a dry run and of an import; neither may write anything. */
  async function complaints(path: string): Promise<string[]> {
    const runs = [await command.run(path), await command.run(path, '--apply')];
    expect(runs.map(({ code }) => code)).toEqual([1, 1]);
    expect(await itemsIn(command.plane)).toEqual([]);
    return runs
      .map(({ complained }) => complained.trim().split('\n'))
      .map(([line = '', ...stack]) => (stack.length === 0 ? line : 'a stack'));
  }

  it('is refused when what was unpacked isn’t what was packed', async () => {
    const archive = new ZipFile();
    const document = JSON.stringify(organization('one'));
    archive.addBuffer(Buffer.from(document), 'organizations/documents.jsonl', { compress: false });
    archive.end();
    const path = join(place(), 'export.zip');
    await pipeline(archive.outputStream, createWriteStream(path));
    const bytes = readFileSync(path, 'latin1').replace('Organization one', 'Organization two');
    writeFileSync(path, bytes, 'latin1');
    expect(await complaints(path)).toEqual(twice('its checksum is another'));
  });

  it('is refused in another encoding', async () => {
    const path = join(place(), 'organizations.jsonl');
    writeFileSync(
      path,
      JSON.stringify({ table: 'organizations', ...organization('one', { name: 'Zoë' }) }),
      'latin1',
    );
    expect(await complaints(path)).toEqual(twice(`${path}, line 1 is not UTF-8`));
  });

  it('is no import when there is nothing in it', async () => {
    const path = join(place(), 'empty.jsonl');
    writeFileSync(path, '\n');
    expect(await complaints(path)).toEqual(twice('There is nothing to import'));
    writeFileSync(path, 'name;email\nAda;ada@example.com\n');
    expect(await complaints(path)).toEqual(twice('every line is set aside'));
  });
});

describe('audit logs from before their organization was created', () => {
  const timestamp = '2021-02-03T04:05:06.000Z';
  const actionsOf = async (scope: OrganizationScope) => {
    const found = await findOrganization(scope);
    const query = { filter: {}, limit: 10, now, since: found?.createdAt ?? '' };
    const first = await trailOf(scope, { ...query, position: undefined });
    // There are years between them: the page may end before the older ones.
    const { entries: more } =
      first.next === null ? { entries: [] } : await trailOf(scope, { ...query, position: first.next });
    return [...first.entries, ...more].map(({ action }) => action);
  };

  it('are read by an organization that came with them, and by one they are mapped onto', async () => {
    const { scope: there } = await organizationOf(command.plane, 'There');
    const folder = writeExport({
      organizations: [organization('came'), organization('joined')],
      users: [user('ada', 'came', { role: 'org_admin' })],
      auditLogs: [
        auditLog('a1', 'came', { timestamp, action: 'came.first' }),
        auditLog('a2', 'came', { action: 'came.later' }),
        auditLog('a3', 'joined', { timestamp, action: 'joined.first' }),
      ],
    });
    const mapping = join(place(), 'mapping.json');
    writeFileSync(mapping, JSON.stringify({ organizations: { joined: there.organizationId } }));
    expect(await command.run(folder, '--mapping', mapping, '--apply')).toMatchObject({ code: 0 });
    const came = await findOrganizationNamed(command.plane, 'Organization came');
    if (came === null) throw new Error('the organization is missing');
    expect(await actionsOf(withinOrganization(command.plane, came))).toEqual(['came.later', 'came.first']);
    expect(await actionsOf(there)).toEqual(['joined.first']);
  });
});
