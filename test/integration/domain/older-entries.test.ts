import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { appendEntries } from '../../../domain/audit/append-entries.ts';
import type { AuditEntry, AuditFilter } from '../../../domain/audit/audit.schema.ts';
import { exportFormats, exportTrail } from '../../../domain/audit/export-trail.ts';
import { trailOf } from '../../../domain/audit/list-trail.ts';
import { noteOlderMonths } from '../../../domain/audit/older-months.ts';
import type { AuditPosition } from '../../../domain/audit/paginate-trail.ts';
import { DirectoryRowItem } from '../../../domain/organization/organization.noun.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());
afterEach(() => vi.restoreAllMocks());

const since = now.toISOString();
const times = ['2026-11-01T08:00:00.000Z', '2023-02-03T08:00:00.000Z', '1970-01-20T13:01:00.000Z'];
const entriesOf = ({ organizationId }: OrganizationScope) =>
  times.map((timestamp) => ({
    ...{ id: timestamp, organizationId, userId: 'user_1', role: 'unknown', action: 'team.create' },
    ...{ resource: 'team/1', details: { before: null, after: { source: 'legacy' }, changed: [] } },
    ...{ timestamp, schemaVersion: 1 as const },
  }));

/** Pages of the organization's audit log, as entry ids, and the number of requests to the table. */
async function read(scope: OrganizationScope, limit = 10, filter: AuditFilter = {}) {
  const send = vi.spyOn(scope.client, 'send');
  const pages: string[][] = [];
  let position: AuditPosition | undefined;
  do {
    const { entries, next } = await trailOf(scope, { filter, since, position, limit, now });
    pages.push(entries.map(({ id }) => id));
    position = next ?? undefined;
  } while (position !== undefined);
  const requests = send.mock.calls.length;
  send.mockRestore();
  return { pages, requests };
}

/** As an import writes them. */
async function adopt(scope: OrganizationScope, entries: readonly AuditEntry[]): Promise<void> {
  await noteOlderMonths(plane, entries);
  await appendEntries(
    scope,
    entries.map((entry) => ({ entry })),
    { kind: 'imported' },
  );
}

/** As an earlier version left it: the row has no older months. */
async function forgetMonths({ organizationId, client, table }: OrganizationScope): Promise<void> {
  const row = entityOf(DirectoryRowItem).patch({ organizationId });
  await row.remove(['olderAuditMonths', 'olderAuditMonthsFrom']).go({ client, table });
}

describe('entries from before their organization was created', () => {
  it('are in its trail, page by page, by filter and in its export', async () => {
    const { scope } = await found(plane, 'Imported');
    await adopt(scope, entriesOf(scope));
    expect((await read(scope)).pages).toEqual([times]);
    expect((await read(scope, 1)).pages).toEqual(times.map((time) => [time]));
    expect((await read(scope, 10, { action: 'team.create' })).pages).toEqual([times]);
    expect((await read(scope, 10, { from: '2023-02-03T09:00:00.000Z' })).pages).toEqual([times.slice(0, 1)]);
    expect((await read(scope, 10, { to: '2023-02-28T09:00:00.000Z' })).pages).toEqual([times.slice(1)]);
    const { text } = await exportTrail(
      scope,
      { filter: {}, since, position: undefined, now },
      exportFormats.jsonl,
    );
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).timestamp),
    ).toEqual(times);
  });

  it('are found where an earlier version imported them, by one search in steps', async () => {
    const { scope } = await found(plane, 'Imported before');
    await forgetMonths(scope);
    for (const entry of entriesOf(scope)) await appendEntries(scope, [{ entry }]);
    const [first, again] = [await read(scope), await read(scope)];
    expect(first.pages.flat()).toEqual(times);
    expect(first.requests).toBeGreaterThan(600);
    expect(again.pages).toEqual([times]);
    // The month of its creation, concurrently with the row, then the two older months.
    expect(again.requests).toBe(4);
  });

  it('are found whether they come before or after the search', async () => {
    const { scope } = await found(plane, 'Imported twice');
    await forgetMonths(scope);
    const [first, second, third] = entriesOf(scope);
    if (first === undefined || second === undefined || third === undefined) throw new Error('no entries');
    await appendEntries(scope, [{ entry: third }]);
    await adopt(scope, [first]);
    expect((await read(scope)).pages.flat()).toEqual([first.id, third.id]);
    await adopt(scope, [second]);
    expect((await read(scope)).pages).toEqual([times]);
  });

  it('cost an organization that has none no more than a Get beside its first month', async () => {
    const { scope } = await found(plane, 'Made here');
    expect(await read(scope)).toEqual({ pages: [[]], requests: 2 });
    await forgetMonths(scope);
    await read(scope);
    expect(await read(scope)).toEqual({ pages: [[]], requests: 2 });
  });
});
