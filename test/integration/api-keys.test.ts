import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../domain/api-key/api-key.schema.ts';
import { scopeFor } from '../../domain/api-key/scopes.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { askingOf } from '../access/ask.ts';
import { makeWorld, type World } from '../access/world.ts';
import { written } from '../support/audit-trail.ts';
import {
  type Answer,
  eventually,
  startTestProduct,
  superAdminEmail,
  type TestProduct,
} from '../support/product.ts';
import { invokeUnder, under, underTenantRole } from '../support/under-role.ts';

let product: TestProduct;
let world: World;
beforeAll(async () => {
  product = await startTestProduct();
  world = await makeWorld(product);
});
afterAll(() => product.stop());

const admin = () => product.signIn(world.home.email);
const keys = () => `${world.home.path}/api-keys`;

async function make(input: object = {}): Promise<Answer['body']> {
  const body = { name: 'Import', scopes: ['kpis:read', 'check-ins:write'], ...input };
  const answer = await product.api(keys(), { token: await admin(), method: 'POST', body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

const withKey = (key: string, path: string, call: object = {}) =>
  product.request(path, { ...call, headers: { authorization: `Bearer ${key}` } });

const rows = Object.entries<Route>(routes);

describe('a request with an API key', () => {
  it('does what the scopes say, in the key’s own name, and is told in the audit log', async () => {
    const { key, id } = await make({ name: 'Nightly import' });
    const kpi = `${world.home.path}/kpis/${world.own.kpiId}`;
    expect(await withKey(key, kpi)).toMatchObject({ status: 200, body: { id: world.own.kpiId } });
    const body = { value: 42 };
    const made = await withKey(key, `${kpi}/check-ins`, { method: 'POST', body });
    expect(made).toMatchObject({ status: 201, body: { value: 42, by: id } });
    const token = await admin();
    const [entry] = await written(
      product,
      token,
      world.home.organizationId,
      `actor=${id}&action=check-in.created`,
    );
    expect(entry).toMatchObject({ userId: id, actorName: 'Nightly import', role: 'org_admin' });
    const [used] = await written(
      product,
      token,
      world.home.organizationId,
      `actor=${id}&action=api-key.used`,
    );
    expect(used).toMatchObject({ resource: `apiKey/${id}` });
    const { body: listed } = await product.api(`${keys()}/${id}`, { token });
    expect(Date.parse(listed.lastUsedAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('is refused by every route that its scopes don’t reach, and by those that are for people', async () => {
    const { key } = await make({ scopes: ['organization:read'] });
    const { ask } = askingOf({ ...product, api: product.request });
    for (const [name, route] of rows) {
      if (route.access.kind === 'anyone') continue;
      const { status, body } = await ask(name, route, world.own, {
        headers: { authorization: `Bearer ${key}` },
      });
      const scope = route.access.kind === 'organization' ? scopeFor(route.access) : undefined;
      const said = { name, status, reason: body.reason };
      if (route.function === 'admin') expect(said).toMatchObject({ name, status: 401 });
      else if (scope === undefined) expect(said).toEqual({ name, status: 403, reason: 'not_for_keys' });
      else if (scope === 'organization:read') expect(said).toMatchObject({ name, status: 200 });
      else expect(said).toEqual({ name, status: 403, reason: 'scope_missing' });
    }
  });

  it('is answered by every route that its scopes reach', async () => {
    const { key } = await make({ scopes: Scope.options });
    const { ask } = askingOf({ ...product, api: product.request });
    for (const [name, route] of rows) {
      if (route.access.kind !== 'organization' || scopeFor(route.access) === undefined) continue;
      if (route.method !== 'GET' || name === 'getAuditReceipt' || name === 'getLatestCheckpoint') continue;
      const { status } = await ask(name, route, world.own, { headers: { authorization: `Bearer ${key}` } });
      expect({ name, status }).toEqual({ name, status: 200 });
    }
  });

  it('is 401 for a key that is mistyped, cut short, of another stage, expired or revoked', async () => {
    const { key, id, revision } = await make();
    const path = `${world.home.path}/kpis`;
    const changed = `${key.slice(0, 80)}${key[80] === '0' ? '1' : '0'}${key.slice(81)}`;
    for (const bad of [changed, key.slice(0, -1), key.replace('mtcms_local_', 'mtcms_live_'), 'mtcms_'])
      expect(await withKey(bad, path)).toMatchObject({ status: 401 });
    const soon = new Date(Date.now() + 1500);
    const short = await make({ endsAt: soon.toISOString() });
    expect(await withKey(short.key, path)).toMatchObject({ status: 200 });
    await eventually(async () => (await withKey(short.key, path)).status === 401, 'the key expires');
    expect(await withKey(short.key, path)).toMatchObject({ status: 401, body: { reason: 'key_expired' } });
    expect(await withKey(key, path)).toMatchObject({ status: 200 });
    const headers = { 'if-match': `"${revision}"` };
    await product.api(`${keys()}/${id}`, { token: await admin(), method: 'DELETE', headers });
    expect(await withKey(key, path)).toMatchObject({ status: 401, body: { reason: 'key_unknown' } });
  });

  it('is 404 on another organization’s path, as for one that never was', async () => {
    for (const { organizationId } of [world.foreign, world.absent])
      expect(await withKey(world.apiKey, `/api/organizations/${organizationId}/kpis`)).toMatchObject({
        status: 404,
      });
  });

  it('is 403 once its organization is suspended', async () => {
    const token = await product.signIn(world.away.email);
    const body = { name: 'Away', scopes: ['kpis:read'] };
    const made = await product.api(`${world.away.path}/api-keys`, { token, method: 'POST', body });
    const path = `${world.away.path}/kpis`;
    expect(await withKey(made.body.key, path)).toMatchObject({ status: 200 });
    const platform = await product.signIn(superAdminEmail);
    const suspending = { token: platform, method: 'POST', body: { reason: 'Unpaid' } };
    await product.api(`/api/admin/organizations/${world.away.organizationId}/deactivate`, suspending);
    expect(await withKey(made.body.key, path)).toMatchObject({
      status: 403,
      body: { code: 'organization_inactive' },
    });
    await product.api(`/api/admin/organizations/${world.away.organizationId}/reactivate`, {
      token: platform,
      method: 'POST',
    });
  });

  it('shows its key once: a repetition by Idempotency-Key lacks it, and makes no second', async () => {
    const call = {
      token: await admin(),
      method: 'POST',
      body: { name: 'Once', scopes: ['kpis:read'] },
      headers: { 'idempotency-key': 'make-a-key' },
    };
    const [first, again] = [await product.api(keys(), call), await product.api(keys(), call)];
    expect(first.body.key).toMatch(/^mtcms_local_/);
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(again.body).not.toHaveProperty('key');
  });
});

describe('code in the function for keys', () => {
  it('reaches no organization by its role, and by the broker none without a good key of it', async () => {
    const own = await under(product, 'machines');
    await expect(underTenantRole(product, world.home.organizationId, 'machines')).rejects.toThrow();
    own.client.destroy();
    const forged = world.apiKey.replace(/_[0-9A-Z]{26}_/, `_${world.away.organizationId.slice(4)}_`);
    for (const key of [forged, 'mtcms_local', world.apiKey.slice(0, -9)])
      expect(await invokeUnder(product, 'machines', 'key-broker', { key })).toEqual({
        is: 'refused',
        reason: 'key_unknown',
      });
    const opened = await invokeUnder(product, 'machines', 'key-broker', { key: world.apiKey });
    expect(opened).toMatchObject({ is: 'open' });
  });
});
