import { cpSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Actor } from '../../../domain/actor.ts';
import { OrganizationId, PLATFORM, TeamId, UserId } from '../../../domain/ids.ts';
import { findImportedEntries } from '../../../domain/import/import-audit-log.ts';
import { findOrganizationNamed } from '../../../domain/import/import-organization.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { type OrganizationScope, platformScope, withinOrganization } from '../../../domain/table/scope.ts';
import { requireTeam, showTeam } from '../../../domain/team/find-team.ts';
import { teamsAfter } from '../../../domain/team/list-teams.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { recordIdentity } from '../../../domain/user/webhook-records.ts';
import { join, organizationOf } from '../domain/support/members.ts';
import { itemsIn, startImport } from './support.ts';

const mapping = 'test/legacy/mapping.json';
const now = new Date('2026-11-25T12:00:00.000Z');
const admin: Actor = { by: 'user_ada', role: 'org_admin', requestId: 'request-1' };

let command: Awaited<ReturnType<typeof startImport>>;
let sample: string;

async function start(): Promise<void> {
  command = await startImport();
  sample = pathOf(mkdtempSync(pathOf(tmpdir(), 'mtcms-sample-')), 'export');
  cpSync('test/legacy/export', sample, { recursive: true });
}
const stop = () => command.stop();
const importSample = () => command.run(sample, '--mapping', mapping, '--apply');

async function organizationNamed(name: string): Promise<OrganizationScope> {
  const id = await findOrganizationNamed(command.plane, name);
  if (id === null) throw new Error(`there is no ${name}`);
  return withinOrganization(command.plane, id);
}

const linesOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a dry run', () => {
  beforeAll(start);
  afterAll(stop);

  it('asks for decisions, writes nothing, and is satisfied by the mapping', async () => {
    const without = await command.run(sample, '--dry-run');
    expect(without).toMatchObject({ code: 2 });
    expect(without.said).toContain('team-name-taken ×1');
    const report = pathOf(sample, '..', 'report.jsonl');
    const decided = await command.run(sample, '--mapping', mapping, '--report', report);
    expect(decided).toMatchObject({ code: 0 });
    // Copying the printed command imports what was previewed, including decisions.
    expect(decided.said).toContain(`npm run import -- ${sample} --mapping ${mapping} --apply\n`);
    expect(linesOf(report)).toContainEqual({
      kind: 'role-unknown',
      table: 'users',
      id: 'u1noa',
      line: 4,
      detail: '"owner"',
    });
    expect(await itemsIn(command.plane)).toEqual([]);
  });
});

describe('an import', () => {
  let first: Awaited<ReturnType<typeof importSample>>;
  beforeAll(async () => {
    await start();
    first = await importSample();
  });
  afterAll(stop);

  it('makes organizations whose counts, members, teams and trail are those of the product', async () => {
    expect({ code: first.code, agrees: first.said.match(/agrees/g) }).toMatchObject({
      code: 0,
      agrees: { length: 4 },
    });
    const acme = await organizationNamed('acme tools');
    expect(await requireOrganizationWithCounts(acme)).toMatchObject({
      createdAt: '2023-03-28T10:40:00.000Z',
      counts: { users: 6, pendingInvitations: 0, teams: 3, kpis: 0 },
    });
    const teams = await teamsAfter(acme, { position: undefined, limit: 10 });
    expect(teams.map(({ name, memberCount, leaderId }) => [name, memberCount, leaderId])).toEqual([
      ['Field', 2, 'user_ada'],
      ['Sales', 3, 'user_lee'],
      ['Sales, second', 0, undefined],
    ]);
    const [field, sales] = teams;
    const mia = await requireUser(acme, UserId.parse('user_mia'));
    expect(mia.teams).toEqual({ [field?.id ?? '']: 'member', [sales?.id ?? '']: 'member' });
    const shown = showTeam(await requireTeam(acme, TeamId.parse(sales?.id)));
    expect(shown.members[0]).toMatchObject({ userId: 'user_lee', email: 'lee@acme.example', role: 'leader' });
    expect(await requireOrganizationWithCounts(await organizationNamed('birch & sons'))).toMatchObject({
      status: 'inactive',
    });
  });

  it('puts audit logs into the trail of their organization, and those of none into the platform’s', async () => {
    const entries = (await itemsIn(command.plane)).filter(({ entity }) => entity === 'auditEntry');
    const Stored = z.looseObject({
      organizationId: OrganizationId,
      timestamp: z.string(),
      entryId: z.string(),
      userId: z.string(),
    });
    const stored = entries.map((entry) => Stored.parse(entry));
    expect(stored.filter(({ organizationId }) => organizationId === PLATFORM)).toHaveLength(2);
    const { organizationId } = await organizationNamed('acme tools');
    const [first] = stored.filter(
      (entry) => entry.organizationId === organizationId && entry.userId === 'user_lee',
    );
    if (first === undefined) throw new Error('the entry is missing');
    const key = { organizationId, timestamp: first.timestamp, id: first.entryId };
    expect((await findImportedEntries(command.plane, [key])).get(key.id)?.item.entry).toMatchObject({
      action: 'team.update',
      timestamp: '2023-07-01T12:00:00.000Z',
      details: { after: { source: 'legacy', details: 'renamed' } },
    });
  });

  it('keeps everything else for its owner’s eyes, and says what Clerk has to know', async () => {
    const kept = linesOf(`${sample}.quarantine.jsonl`);
    expect(kept).toHaveLength(22);
    expect(kept).toContainEqual(
      expect.objectContaining({
        table: 'teams',
        id: 't1field',
        part: 'members[2]',
        content: expect.anything(),
      }),
    );
    expect(kept).toContainEqual(
      expect.objectContaining({ reason: 'line-unreadable', content: '{"_id": "a8", "action": "cut of' }),
    );
    expect(statSync(`${sample}.quarantine.jsonl`).mode & 0o777).toBe(0o600);
    const { organizationId } = await organizationNamed('acme tools');
    expect(linesOf(`${sample}.clerk.jsonl`)).toContainEqual({
      user_id: 'user_mia',
      public_metadata: { organizationId },
    });
  });

  it('changes nothing when it is repeated', async () => {
    const before = await itemsIn(command.plane);
    const again = await importSample();
    expect(again).toMatchObject({ code: 0 });
    expect(await itemsIn(command.plane)).toEqual(before);
  });
});

describe('an import that goes wrong', () => {
  beforeEach(start);
  afterEach(stop);

  it('takes nobody from the organization that they are in, and says so in the dry run', async () => {
    const { scope: elsewhere } = await organizationOf(command.plane, 'Elsewhere');
    const userId = await join(elsewhere, 'user_mia', 'team_member');
    const { organizationId } = elsewhere;
    const told = { userId, belongsTo: organizationId, clerkTime: 1, deleted: false };
    await recordIdentity(platformScope(command.plane), told);
    const report = pathOf(sample, '..', 'report.jsonl');
    const checked = await command.run(sample, '--mapping', mapping, '--report', report);
    expect(checked.code).toBe(2);
    expect(linesOf(report)).toContainEqual(
      expect.objectContaining({ kind: 'user-in-two-organizations', detail: organizationId }),
    );
    await removeUser({ scope: elsewhere, actor: admin, now }, { userId, revision: 1 });
    expect(await command.run(sample, '--mapping', mapping)).toMatchObject({ code: 0 });
  });

  it('is refused while decisions are missing', async () => {
    const { code, said } = await command.run(sample, '--apply');
    expect(code).toBe(2);
    expect(said).toContain('Nothing was written');
    expect(await itemsIn(command.plane)).toEqual([]);
  });

  it('that does not add up fails and names the lines', async () => {
    await importSample();
    const { client, table } = command.plane;
    const { organizationId } = await organizationNamed('acme tools');
    await client.send(
      new DeleteCommand({ TableName: table, Key: { pk: `${organizationId}#user`, sk: 'user_noa' } }),
    );
    const again = await importSample();
    expect(again.code).toBe(1);
    expect(again.said).toMatch(/users +DIFFERS: expected 10 .*, found 9 .*\n +missing: lines 4/);
  });
});

describe('a rollback', () => {
  beforeEach(start);
  afterEach(stop);

  it('takes away all that the run created, and the same import can be made again', async () => {
    const { runId } = await importSample();
    expect(await command.run('--rollback', runId)).toMatchObject({ code: 0 });
    expect((await itemsIn(command.plane)).map(({ entity }) => entity)).toEqual(['importRun']);
    expect(await importSample()).toMatchObject({ code: 0, runId });
    expect(await command.run('--rollback', runId)).toMatchObject({ code: 0 });
    expect((await itemsIn(command.plane)).map(({ entity }) => entity)).toEqual(['importRun']);
  });

  it('keeps what somebody has changed since, and what it is in', async () => {
    const { runId } = await importSample();
    const acme = await organizationNamed('acme tools');
    const noa = await requireUser(acme, UserId.parse('user_noa'));
    await updateUser(
      { scope: acme, actor: admin, now },
      { userId: noa.userId, revision: noa.revision, role: 'team_leader' },
    );
    const { code, said } = await command.run('--rollback', runId);
    expect(code).toBe(0);
    expect(said).toContain('user user_noa of');
    expect(said).toContain('kept, because it has been changed since');
    expect(await requireOrganizationWithCounts(acme)).toMatchObject({ counts: { users: 1, teams: 0 } });
    expect(await requireUser(acme, noa.userId)).toMatchObject({ role: 'team_leader' });
  });

  it('of a run that there is not says so', async () => {
    expect(await command.run('--rollback', 'imp_0000000000000000')).toMatchObject({
      code: 1,
      complained: expect.stringContaining('not found in'),
    });
  });
});

describe('users who were there before', () => {
  beforeAll(start);
  afterAll(stop);

  it('stay as they are, join their teams, and outlive the rollback', async () => {
    const first = await importSample();
    const acme = await organizationNamed('acme tools');
    const mia = await requireUser(acme, UserId.parse('user_mia'));
    await updateUser(
      { scope: acme, actor: admin, now },
      { userId: mia.userId, revision: mia.revision, role: 'team_leader' },
    );
    await command.run('--rollback', first.runId);
    const left = await requireUser(acme, mia.userId);
    expect(left).toMatchObject({ role: 'team_leader' });
    const second = await importSample();
    expect(second).toMatchObject({ code: 0 });
    const joined = await requireUser(acme, mia.userId);
    expect(Object.keys(joined.teams)).toHaveLength(2);
    expect(await command.run('--rollback', first.runId)).toMatchObject({ code: 0 });
    expect(await requireUser(acme, mia.userId)).toMatchObject({ role: 'team_leader', teams: {} });
  });
});
