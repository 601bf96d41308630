import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { metricsOf } from '../../domain/usage/figures.ts';
import { MeteringEvent, meteredMetrics } from '../../events/metering.ts';
import { engineOf } from '../support/engine.ts';
import {
  eventually,
  newOrganization,
  startTestProduct,
  superAdminEmail,
  type TestProduct,
} from '../support/product.ts';
import { daysAgo, type Peopled, peopled, signInAgain } from './support/peopled.ts';

let product: TestProduct;
let superAdmin: string;
let place: Peopled;
beforeAll(async () => {
  product = await startTestProduct();
  superAdmin = await product.signIn(superAdminEmail);
  place = await peopled(product, superAdmin);
});
beforeEach(async () => {
  superAdmin = await product.signIn(superAdminEmail);
  await signInAgain(product, place);
});
afterAll(() => product.stop());

const today = () => new Date().toISOString().slice(0, 10);

async function runUsage(): Promise<void> {
  for (const { name } of product.aws.schedules().filter(({ name }) => /Schedules?Hourly/.test(name)))
    expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
}

describe('an organization', () => {
  it('is shown its way into the product, derived from what is there', async () => {
    const { body } = await product.api(`${place.base}/onboarding`, { token: place.admin.token });
    expect(body).toMatchObject({ stage: 'active', done: 7, next: 'contact_complete' });
    expect(body.steps[1]).toMatchObject({ done: false, link: `/organizations/${place.id}/settings` });
    const { body: begun } = await product.api('/api/admin/organizations', {
      token: superAdmin,
      method: 'POST',
      body: newOrganization('Just Begun', 'ada@begun.example'),
    });
    const fresh = await product.api(`/api/organizations/${begun.id}/onboarding`, { token: superAdmin });
    expect(fresh.body).toMatchObject({ stage: 'invited', done: 0, next: 'admin_joined' });
  });

  it('has its people’s use, its KPIs and its check-ins in the day’s figures', async () => {
    await eventually(async () => {
      await runUsage();
      const path = `${place.base}/usage?from=${today()}&to=${today()}`;
      const { body } = await product.api(path, { token: place.admin.token });
      return body.items[0]?.checkIns === 1;
    }, 'the check-in is in the trail and in the figures');
    const { body } = await product.api(`${place.base}/usage?from=${today()}&to=${today()}`, {
      token: place.admin.token,
    });
    expect(body.items).toMatchObject([
      {
        users: 4,
        usersByRole: { org_admin: 1, team_leader: 1, team_member: 2 },
        // The admin and the member have used the organization; a request to /api/me doesn't count.
        activeUsers: { day: 2, week: 2, month: 2 },
        teams: 2,
        kpis: { on_track: 1, at_risk: 0, off_track: 0, no_data: 0 },
        checkIns: 1,
        stage: 'active',
        final: false,
      },
    ]);
    expect(body.items[0].changes).toBeGreaterThan(10);
  });

  it('is seen at a glance by its admin, and by nobody else in it', async () => {
    const { body } = await product.api(`${place.base}/analytics`, { token: place.admin.token });
    const of = (metric: string) => body.headline.find((row: { metric: string }) => row.metric === metric);
    expect(of('users')).toMatchObject({ metric: 'users', value: 4, previous: null, change: null });
    expect(of('checkIns')).toMatchObject({ value: 1 });
    expect(body.kpis).toEqual({ on_track: 1, at_risk: 0, off_track: 0, no_data: 0 });
    expect(body).toMatchObject({ reporting: { running: 1, reported: 1 }, needing: [] });
    const [users] = body.trends;
    expect(users).toMatchObject({ metric: 'users', by: 'day', aggregate: 'last' });
    expect(users.current.points).toHaveLength(30);
    expect(users.current.points.at(-1)).toMatchObject({ label: today(), value: 4, provisional: true });
    for (const path of ['/analytics', '/onboarding'])
      for (const { token } of [place.leader, place.member])
        expect(await product.api(`${place.base}${path}`, { token })).toMatchObject({
          status: 403,
          body: { code: 'forbidden' },
        });
  });

  it('refuses a period that ends before it begins, lasts more than a year, or has one end only', async () => {
    for (const query of ['from=2026-02-01&to=2026-01-01', 'from=2024-01-01&to=2026-01-01', 'from=2026-01-01'])
      expect(
        await product.api(`${place.base}/analytics?${query}`, { token: place.admin.token }),
      ).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });
});

describe('a team', () => {
  const path = (teamId: string) => `${place.base}/teams/${teamId}/analytics`;

  it('is seen at a glance by who leads it, with its KPIs’ values', async () => {
    const { body } = await product.api(path(place.team.id), { token: place.leader.token });
    expect(body).toMatchObject({
      team: { name: 'North', memberCount: 2 },
      kpis: { on_track: 1 },
      reporting: { running: 1, reported: 1 },
      items: [{ kpi: { id: place.kpi.id }, values: [{ value: 60 }] }],
    });
    expect(body.members).toHaveLength(2);
  });

  it('is forbidden to its members, and like none to who isn’t in it', async () => {
    const status = async (teamId: string, { token }: { token: string }) =>
      (await product.api(path(teamId), { token })).status;
    expect(await status(place.team.id, place.member)).toBe(403);
    expect(await status(place.team.id, place.outsider)).toBe(404);
    expect(await status(place.other.id, place.leader)).toBe(404);
    expect(await status('team_01ARZ3NDEKTSV4RRFFQ69G5FAV', place.admin)).toBe(404);
    expect(await status(place.other.id, place.admin)).toBe(200);
  });
});

describe('somebody’s own dashboard', () => {
  const path = (userId: string) => `${place.base}/users/${userId}/dashboard`;

  it('has what is assigned to them, what was reported, and their teams', async () => {
    const { body } = await product.api(path(place.member.userId), { token: place.member.token });
    expect(body).toMatchObject({
      user: { userId: place.member.userId, role: 'team_member' },
      items: [{ due: false, kpi: { id: place.kpi.id, status: 'on_track' } }],
      teams: [{ name: 'North', role: 'member' }],
      recent: [{ name: 'Deliveries on time', value: 60 }],
    });
    const nothing = await product.api(path(place.outsider.userId), { token: place.outsider.token });
    expect(nothing.body).toMatchObject({ items: [], teams: [], recent: [] });
  });

  it('is shown to them and to admins only', async () => {
    const status = async (userId: string, { token }: { token: string }) =>
      (await product.api(path(userId), { token })).status;
    expect(await status(place.member.userId, place.admin)).toBe(200);
    expect(await status(place.member.userId, place.leader)).toBe(403);
    expect(await status(place.member.userId, place.outsider)).toBe(404);
    expect(await status('user_nobody', place.admin)).toBe(404);
  });
});

describe('the platform', () => {
  it('is seen at a glance by the super admin, from sums alone', async () => {
    await runUsage();
    const { body } = await product.api('/api/admin/analytics/overview', { token: superAdmin });
    const list = await product.api('/api/admin/organizations?limit=100', { token: superAdmin });
    const of = (metric: string) => body.figures.find((row: { metric: string }) => row.metric === metric);
    expect(body).toMatchObject({ date: today(), comparedTo: daysAgo(30) });
    expect(of('organizations')).toMatchObject({ value: list.body.items.length, previous: 5 });
    expect(of('organizationsSuspended')).toMatchObject({
      value: 1,
      previous: 0,
      change: { value: 1, previous: 0, to: today(), previousTo: daysAgo(30) },
    });
    expect(of('organizationsSuspended').trend).toHaveLength(30);
    expect(body.funnel[0]).toMatchObject({ stage: 'invited', reached: list.body.items.length });
    const reasons = body.attention.items.map((row: { name: string; reasons: string[] }) => [
      row.name,
      row.reasons[0],
    ]);
    expect(reasons).toEqual(
      expect.arrayContaining([
        ['Oakline Manufacturing', 'plan_expired'],
        ['Bluebird Health', 'plan_ends_soon'],
        ['Quartz Robotics', 'no_admin'],
        ['Harbour Retail Group', 'suspended'],
      ]),
    );
  });

  it('has half a year of example figures, by day, by ISO week and by month', async () => {
    const trend = async (metric: string, by: string) =>
      (
        await product.api(
          `/api/admin/analytics/trends?metric=${metric}&from=${daysAgo(59)}&to=${today()}&by=${by}`,
          { token: superAdmin },
        )
      ).body;
    const users = await trend('users', 'day');
    expect(users.current.points).toHaveLength(60);
    expect(users.current.points.every(({ value }: { value: number | null }) => value !== null)).toBe(true);
    expect(users.current.value).toBeGreaterThan(users.previous.value);
    const active = await trend('activeUsers1', 'week');
    expect(active.aggregate).toBe('mean');
    expect(active.current.points[1].label).toMatch(/^\d{4}-W\d{2}$/);
    const months = await trend('newOrganizations', 'month');
    expect(months.current.points.at(-1)).toMatchObject({ label: today().slice(0, 7), provisional: true });
  });

  it('keeps a record of each run', async () => {
    const { body } = await product.api('/api/admin/usage/runs?limit=4', { token: superAdmin });
    expect(body.items).toHaveLength(4);
    expect(body.items[0]).toMatchObject({ period: 'hour', date: today(), status: 'done', failures: 0 });
  });

  it('computes when the super admin says so, once more at a second time, and the trail tells who', async () => {
    const run = (body: object, token = superAdmin) =>
      product.api('/api/admin/usage/runs', { token, method: 'POST', body });
    const finished = async (since: string) => {
      const { body } = await product.api('/api/admin/usage/runs?limit=100', { token: superAdmin });
      return body.items.filter(
        (row: { period: string; finishedAt?: string }) =>
          row.period === 'hour' && row.finishedAt !== undefined && row.finishedAt >= since,
      );
    };
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await run({ period: 'hour' });
      expect({ status, body }).toMatchObject({
        status: 202,
        body: { period: 'hour', date: today(), shards: 4 },
      });
      await eventually(
        async () => (await finished(body.requestedAt)).length === body.shards,
        'all shards are computed',
      );
      expect(await finished(body.requestedAt)).toMatchObject(Array(4).fill({ status: 'done', failures: 0 }));
    }
    await eventually(async () => {
      const { body } = await product.api('/api/admin/audit?action=usage-run.requested', {
        token: superAdmin,
      });
      return body.items.length === 2;
    }, 'both requests are in the trail');
    const { body } = await product.api(`/api/admin/organizations?onboarding=active&search=peopled`, {
      token: superAdmin,
    });
    expect(body.items).toMatchObject([{ id: place.id, stage: 'active' }]);
    expect(await run({ period: 'year' })).toMatchObject({ status: 400 });
    expect((await run({ period: 'hour' }, place.admin.token)).status).toBe(403);
  });

  it('closes a day that was missed on request, and meters it for the billing system', async () => {
    const { client, TableName } = engineOf(product);
    const day = daysAgo(2);
    // The day is lost: it has no run and no figures.
    const lost = async (pk: string) => {
      const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
      const { Items = [] } = await client.send(new QueryCommand({ TableName, ...query }));
      const keys = Items.filter(({ date }) => date === day).map(({ sk }) => ({ pk, sk }));
      for (const Key of keys) await client.send(new DeleteCommand({ TableName, Key }));
      return keys.length;
    };
    const { body: all } = await product.api('/api/admin/organizations?limit=100', { token: superAdmin });
    const ids: string[] = all.items.map(({ id }: { id: string }) => id);
    await Promise.all(['platform', ...ids].map((id) => lost(`${id}#usage`)));
    const ask = (query = '', body?: object) =>
      product.api(`/api/admin/usage/runs${query}`, {
        token: superAdmin,
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
    const range = { from: day, to: day };
    expect((await ask('', { period: 'day', ...range })).body).toMatchObject({ shards: 4, date: day });
    await eventually(async () => {
      const { body } = await ask(`?from=${day}&to=${day}`);
      return body.items.length === 4 && body.items.every((run: { status: string }) => run.status === 'done');
    }, 'the day is closed');
    expect((await ask('', { period: 'day', ...range })).body.shards).toBe(0);
    // What the billing system has received about this day: other runs may meter other days meanwhile.
    const metered = () => {
      const file = join(product.stateDirectory, 'metered.jsonl');
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      const events = lines.slice(0, -1).map((line) => MeteringEvent.parse(JSON.parse(line)));
      return events.filter(({ data }) => data.period.from.startsWith(day));
    };
    const pairs = all.items.flatMap(({ id, createdAt }: { id: string; createdAt: string }) =>
      createdAt.slice(0, 10) <= day ? meteredMetrics.map((metric) => `${id} ${metric}`) : [],
    );
    await eventually(async () => metered().length === pairs.length, 'all are metered');
    for (const { subject, data } of metered()) {
      const path = `/api/organizations/${subject}/usage?from=${day}&to=${day}`;
      const { body } = await product.api(path, { token: superAdmin });
      expect([data.metric, data.value]).toEqual([data.metric, metricsOf(body.items[0])[data.metric]]);
    }
  });

  it('shows none of it to an organization’s people, and takes no metric it doesn’t have', async () => {
    for (const path of ['analytics/overview', 'analytics/trends', 'analytics/breakdown', 'usage/runs'])
      expect((await product.api(`/api/admin/${path}`, { token: place.admin.token })).status).toBe(403);
    const wrong = await product.api(
      '/api/admin/analytics/trends?metric=secrets&from=2026-01-01&to=2026-01-02',
      {
        token: superAdmin,
      },
    );
    expect(wrong).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });
});
