import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindOf } from '../../domain/nouns.ts';
import { askAll, withoutNewThings } from '../old-state/answers.ts';
import { recorded, startOldProduct } from '../old-state/old-product.ts';
import { engineOf } from '../support/engine.ts';
import { eventually, superAdminEmail, type TestProduct } from '../support/product.ts';
import { shiftClock } from '../support/shifted-clock.ts';

/** The kinds of items at that time. */
const kinds = [
  ...['accessEvent', 'activity', 'auditEntry', 'checkIn', 'directoryRow', 'emailClaim', 'externalIdClaim'],
  ...[
    'forgetting',
    'idempotency',
    'identity',
    'importBatch',
    'importRun',
    'invitation',
    'kpi',
    'kpiAssignment',
  ],
  ...[
    'memberClaim',
    'nameClaim',
    'organization',
    'organizationTerm',
    'rateWindow',
    'subscriptionChange',
    'team',
  ],
  ...['teamCounters', 'teamMember', 'teamName', 'tombstone', 'usageAttention', 'usageLeaders', 'usageRollup'],
  ...['usageRun', 'usageSnapshot', 'user', 'webhookReceipt'],
];

/**
 * The current code reads and writes a table that was filled by an old version, commit c936cbb. The clock is
 * set to the old code's time, so that nothing in the state expires and results that depend on the date are
 * the same.
 */
describe('a state directory of an older version', () => {
  const { clock, answers } = recorded();
  let timeAgain: () => void;
  let product: TestProduct;
  beforeAll(async () => {
    const shift = Date.parse(clock) - Date.now();
    timeAgain = shiftClock(shift);
    product = await startOldProduct(shift);
  });
  afterAll(async () => {
    await product.stop();
    timeAgain();
  });

  it('holds one of every kind of item there was, each known by its key', async () => {
    const { client, TableName } = engineOf(product);
    const found = new Set<string>();
    const unknown: unknown[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey: from }));
      for (const { pk, sk, entity } of page.Items ?? []) {
        found.add(String(entity));
        if (kindOf({ pk, sk })?.name !== entity && pk !== 'platform#journey') unknown.push([pk, sk, entity]);
      }
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    client.destroy();
    expect(unknown).toEqual([]);
    expect(kinds.filter((entity) => !found.has(entity))).toEqual([]);
  });

  it('is read as it was: every answer to people of every role', async () => {
    const now = withoutNewThings(await askAll(product, answers), answers);
    const others = answers.flatMap((before, index) =>
      isDeepStrictEqual(now[index], before) ? [] : [{ before, after: now[index] }],
    );
    // A few are enough.
    for (const { before, after } of others.slice(0, 5)) expect.soft(after).toEqual(before);
    expect(others.map(({ before: { caller, path } }) => `${caller} ${path}`)).toEqual([]);
  });
});

/** Today, on an organization whose plan doesn't end soon: its admin, and its resources. */
describe('what an older version has stored', () => {
  let product: TestProduct;
  let admin: string;
  let base: string;
  let started: number;
  beforeAll(async () => {
    started = Date.now();
    product = await startOldProduct();
    admin = await product.signIn('ada@voyage.example');
    base = `/api/organizations/${(await product.api('/api/me', { token: admin })).body.organization.id}`;
  });
  afterAll(() => product.stop());

  /** The first item of a list that matches. */
  const one = async (list: string, has: object, token = admin) => {
    const { body } = await product.api(`${base}/${list}?limit=100`, { token });
    const fits = (item: object) =>
      Object.entries(has).every(([name, value]) => Reflect.get(item, name) === value);
    return body.items.find(fits);
  };

  /** Changes something and returns its new state, with the change's audit log entry. */
  const change = async (
    path: string,
    {
      token = admin,
      trail = base,
      ...call
    }: { token?: string; trail?: string; method: string; body?: object },
    { revision, action, resource }: { revision?: number; action: string; resource: string },
  ) => {
    const headers = revision === undefined ? {} : { 'if-match': `"${revision}"` };
    const answer = await product.api(path, { token, headers, ...call });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    const entry = await eventually(async () => {
      const { body } = await product.api(`${trail}/audit?action=${action}&limit=1`, { token });
      const [latest] = body.items;
      return latest?.resource.startsWith(resource) && Date.parse(latest.timestamp) > started - 2000 && latest;
    }, `${action} of ${resource} is in the trail`);
    return { body: answer.body, changes: entry.changes };
  };

  it('is changed by this one: a team and its members', async () => {
    const team = await one('teams', { name: 'North' });
    const bob = await one('users', { email: 'bob@voyage.example' });
    const renamed = await change(
      `${base}/teams/${team.id}`,
      { method: 'PATCH', body: { name: 'North and West' } },
      { revision: team.revision, action: 'team.updated', resource: `team/${team.id}` },
    );
    expect(renamed.changes).toEqual([{ field: 'name', before: 'North', after: 'North and West' }]);
    const joined = await change(
      `${base}/teams/${team.id}/members/${bob.userId}`,
      { method: 'PUT', body: { role: 'member' } },
      { revision: renamed.body.revision, action: 'team.member-added', resource: `teamMember/${team.id}` },
    );
    expect(joined.body.memberCount).toBe(team.memberCount + 1);
    const again = await product.api(`${base}/teams`, {
      token: admin,
      method: 'POST',
      body: { name: 'NORTH' },
    });
    expect(again.status).toBe(201);
  });

  it('a KPI and its check-ins', async () => {
    const kpi = await one('kpis', { name: 'On time' });
    const { items } = (await product.api(`${base}/kpis/${kpi.id}/check-ins`, { token: admin })).body;
    const renamed = await change(
      `${base}/kpis/${kpi.id}`,
      { method: 'PATCH', body: { target: 90, description: null } },
      { revision: kpi.revision, action: 'kpi.updated', resource: `kpi/${kpi.id}` },
    );
    expect(renamed.changes).toEqual([
      { field: 'description', before: 'Of all ships' },
      { field: 'goal.target', before: 95, after: 90 },
    ]);
    const corrected = await change(
      `${base}/kpis/${kpi.id}/check-ins/${items[0].id}`,
      { method: 'PATCH', body: { value: 62 } },
      { revision: items[0].revision, action: 'check-in.corrected', resource: 'checkIn/' },
    );
    expect(corrected.changes).toEqual([{ field: 'value', before: 61, after: 62 }]);
    expect(await one('kpis', { id: kpi.id })).toMatchObject({ latest: { value: 62 } });
    await change(
      `${base}/kpis/${kpi.id}`,
      { method: 'DELETE' },
      { revision: renamed.body.revision, action: 'kpi.deleted', resource: `kpi/${kpi.id}` },
    );
  });

  it('people, who are listed in order before and after the hourly run has given them their places', async () => {
    const idsOf = async (query: string) => {
      const ids: string[] = [];
      let cursor = '';
      do {
        const { body } = await product.api(`${base}/users?${query}${cursor}`, { token: admin });
        ids.push(...body.items.map(({ userId }: { userId: string }) => userId));
        cursor = body.nextCursor && `&cursor=${encodeURIComponent(body.nextCursor)}`;
      } while (cursor);
      return ids;
    };
    const orders = ['sort=name&limit=2', 'sort=joined&limit=2', 'sort=name&direction=desc&limit=3'];
    const [all, ...before] = await Promise.all(['limit=100', ...orders].map(idsOf));
    for (const ids of before) expect(ids.toSorted()).toEqual(all?.toSorted());
    const runs = product.aws.schedules().filter(({ name }) => name.includes('Invitations'));
    // The first run finds those without a position, the second one finds none.
    for (const { name } of [...runs, ...runs])
      expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
    expect(await Promise.all(orders.map(idsOf))).toEqual(before);
    const { body } = await product.api(`${base}/audit?resource=user/&limit=5`, { token: admin });
    for (const { action, userId } of body.items) expect([action, userId]).not.toContain('unattributed');
  });

  it('people and invitations', async () => {
    const bob = await one('users', { email: 'bob@voyage.example' });
    const promoted = await change(
      `${base}/users/${bob.userId}`,
      { method: 'PATCH', body: { role: 'team_leader' } },
      { revision: bob.revision, action: 'user.role-changed', resource: `user/${bob.userId}` },
    );
    await change(
      `${base}/users/${bob.userId}`,
      { method: 'DELETE' },
      { revision: promoted.body.revision, action: 'user.removed', resource: `user/${bob.userId}` },
    );
    const late = await one('invitations', { email: 'lou@voyage.example' });
    const sent = await change(
      `${base}/invitations/${late.id}/resend`,
      { method: 'POST' },
      { action: 'invitation.renewed', resource: `invitation/${late.id}` },
    );
    const revoked = await change(
      `${base}/invitations/${late.id}`,
      { method: 'DELETE' },
      { revision: sent.body.revision, action: 'invitation.revoked', resource: `invitation/${late.id}` },
    );
    expect(revoked.body).toMatchObject({ status: 'revoked', email: late.email });
  });

  it('an organization and its plan', async () => {
    const token = await product.signIn(superAdminEmail);
    const own = (await product.api(base, { token })).body;
    const resource = `organization/${own.id}`;
    const path = `/api/admin/organizations/${own.id}`;
    const renamed = await change(
      path,
      { token, method: 'PATCH', body: { name: 'Voyage', externalId: null } },
      { revision: own.revision, action: 'organization.updated', resource },
    );
    expect(renamed.changes).toEqual([
      { field: 'externalId', before: 'erp-9' },
      { field: 'name', before: 'Voyage and Sons', after: 'Voyage' },
    ]);
    const body = { plan: 'growth', startDate: '2026-01-01', endDate: '2099-12-31' };
    await change(
      `${path}/subscription`,
      { token, method: 'PUT', body },
      { revision: renamed.body.revision, action: 'subscription.changed', resource },
    );
    const found = await product.api('/api/admin/organizations?search=voyage', { token });
    expect(found.body.items).toMatchObject([{ id: own.id, name: 'Voyage', subscription: body }]);
  });
});
