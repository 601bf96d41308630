import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findOrganizationNamed } from '../../../domain/import/import-organization.ts';
import { batchesOf } from '../../../domain/import/import-run.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { auditLog, organization, team, user } from '../../unit/domain/import/planning.ts';
import { itemsIn, startImport, writeExport } from './support.ts';

let command: Awaited<ReturnType<typeof startImport>>;
beforeEach(async () => {
  command = await startImport();
});
afterEach(() => command.stop());

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
// More users and audit logs than fit into one batch each.
const people = numbers(50);
const big = {
  organizations: [organization('one'), organization('two')],
  users: people.map((n) =>
    user(`n${n}`, n < 48 ? 'one' : 'two', { role: n === 0 || n === 49 ? 'org_admin' : 'team_leader' }),
  ),
  // The third has more members than fit into one transaction.
  teams: numbers(6).map((n) =>
    team(`t${n}`, 'one', {
      members: numbers(n === 2 ? 40 : 3).map((m) => ({
        userId: `user_n${(n * 3 + m) % 48}`,
        role: m === 1 ? 'leader' : 'member',
      })),
    }),
  ),
  auditLogs: people.map((n) => auditLog(`a${n}`, n % 3 === 0 ? 'two' : 'one')),
};

/** Kills the import once it has recorded a batch that it is about to write. */
async function killIn(folder: string, table: number, runId: string) {
  const child = command.begin([folder, '--apply']);
  const ended = once(child, 'close');
  const noted = async () => {
    for await (const { position } of batchesOf(command.plane, runId)) return position >= `${table}#`;
    return false;
  };
  while (child.exitCode === null && !(await noted())) await pause(5);
  child.kill('SIGKILL');
  await ended;
  return child.signalCode;
}

it('an import killed among users, teams and audit logs goes on where it was, and adds up', async () => {
  const folder = writeExport(big);
  const { runId } = await command.run(folder);
  expect(await killIn(folder, 1, runId)).toBe('SIGKILL');
  expect(await killIn(folder, 2, runId)).toBe('SIGKILL');
  expect(await killIn(folder, 3, runId)).toBe('SIGKILL');
  const last = await command.run(folder, '--apply');
  expect(last).toMatchObject({ code: 0, runId });
  expect(last.said.match(/agrees/g)).toHaveLength(4);
  const one = await findOrganizationNamed(command.plane, 'Organization one');
  if (one === null) throw new Error('the organization is missing');
  const { counts } = await requireOrganizationWithCounts(withinOrganization(command.plane, one));
  expect(counts).toMatchObject({ users: 48, teams: 6 });
  const items = await itemsIn(command.plane);
  const count = (kind: string) => items.filter(({ entity }) => entity === kind).length;
  expect([count('user'), count('emailClaim'), count('team'), count('auditEntry')]).toEqual([50, 50, 6, 50]);
  expect(count('teamMember')).toBe(5 * 3 + 40);
  expect(await command.run('--rollback', runId)).toMatchObject({ code: 0 });
  expect((await itemsIn(command.plane)).map(({ entity }) => entity)).toEqual(['importRun']);
}, 400_000);
