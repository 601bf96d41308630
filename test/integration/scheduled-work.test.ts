import { once } from 'node:events';
import { createServer } from 'node:http';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { engineOf } from '../support/engine.ts';
import { peopleOf } from '../support/people.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let superAdmin: string;
beforeAll(async () => {
  product = await startTestProduct();
  superAdmin = await product.signIn(superAdminEmail);
});
afterAll(() => product.stop());

/** Changes what is at a path, at its current revision. */
async function patch(path: string, { token }: { readonly token: string }, body: object) {
  const { headers } = await product.api(path, { token });
  const state = { 'if-match': headers.get('etag') ?? '' };
  return await product.api(path, { token, method: 'PATCH', body, headers: state });
}

describe('the comparison with Clerk', () => {
  it('makes good what webhooks lost, under its own rights, and reports it to super admins', async () => {
    const people = peopleOf(product, superAdmin);
    const org = await people.organization('Drifting');
    const webhooks = (mode: string) =>
      product.api('/clerk/controls', { method: 'POST', body: { webhooks: mode } });
    const runs = async () => (await product.api('/api/admin/drift/runs', { token: superAdmin })).body;
    /** A requested comparison, once one that the schedule may have started meanwhile is over. */
    const compare = async (dryRun: boolean) => {
      const request = { token: superAdmin, method: 'POST', body: { dryRun } };
      const ask = async () => (await product.api('/api/admin/drift/runs', request)).status === 202;
      await eventually(ask, 'a comparison can start');
      const isOver = async () => {
        const [latest] = (await runs()).items;
        return latest?.requestedBy !== undefined && latest.dryRun === dryRun && latest.status === 'done';
      };
      await eventually(isOver, 'it is over');
      return await runs();
    };
    const path = `${org.base}/users/${org.inA.userId}`;
    await webhooks('drop');
    await product.clerk.users.updateUser(org.inA.userId, { firstName: 'Lost', lastName: 'Name' });
    await product.clerk.users.deleteUser(org.inB.userId);
    const { items, organizations } = await compare(false);
    await webhooks('deliver');
    const own = items
      .flatMap(({ entries }: { entries: object[] }) => entries)
      .filter((one: { organizationId: string }) => one.organizationId === org.id);
    expect(own).toMatchObject([
      { kind: 'details', of: org.inA.userId, details: ['name'], outcome: 'repaired' },
      { kind: 'account', of: org.inB.userId, outcome: 'repaired' },
    ]);
    expect([items[0].status, organizations[org.id]]).toEqual(['done', 'Drifting']);
    expect(JSON.stringify(items)).not.toContain('Lost');
    expect((await people.read(path, org.admin)).body.name).toBe('Lost Name');
    expect((await people.read(`${org.base}/users/${org.inB.userId}`, org.admin)).status).toBe(404);
    // The next one is due tomorrow; until then, the schedule does nothing.
    const [{ name = '' } = {}] = product.aws.schedules().filter((it) => it.name.includes('Compare'));
    expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
    expect((await runs()).items).toHaveLength(items.length);
    const [tried] = (await compare(true)).items;
    expect(tried.entries.filter(({ outcome }: { outcome: string }) => outcome !== 'found')).toEqual([]);
  });
});

const outbox = z.object({
  sent: z.array(
    z.object({
      to: z.string(),
      from: z.string(),
      text: z.string(),
      headers: z.record(z.string(), z.string()),
    }),
  ),
});

describe('reminders', () => {
  /** A time zone in which it is currently between nine and eleven: `Etc/GMT-2` is two hours ahead of UTC. */
  const zoneOfMorning = () => {
    const ahead = ((9 - new Date().getUTCHours() + 36) % 24) - 12;
    return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  };

  it('go to whom a check-in is due, once, end by a click, and not to addresses that bounce', async () => {
    const people = peopleOf(product, superAdmin);
    const { base, admin, inA, inB, post } = await people.organization('Reminding');
    const bouncing = 'bounce@simulator.amazonses.com';
    await post('/invitations', { name: 'Lost', email: bouncing, role: 'team_member' });
    await product.accept(bouncing);
    const lost = await people.asPerson(bouncing);
    const plan = { timeZone: 'Mars/Olympus', language: 'en' };
    expect(await patch(base, admin, { reminders: plan })).toMatchObject({ status: 400 });
    expect(await patch(base, admin, { reminders: { ...plan, timeZone: zoneOfMorning() } })).toMatchObject({
      status: 200,
    });
    const kpi = await post('/kpis', {
      ...{ name: 'Beds ready', unit: '%', direction: 'up', baseline: 0, target: 100 },
      period: { start: '2026-01-01', end: '2099-12-31' },
      owner: { kind: 'user', userId: inA.userId },
      assigneeIds: [inB.userId, lost.userId],
    });
    const mine = [inA.email, inB.email, lost.email];
    const settingsOf = ({ userId }: { readonly userId: string }) => `${base}/users/${userId}/mail-settings`;
    const run = async () => {
      for (const { name } of product.aws.schedules().filter((it) => it.name.includes('Reminders')))
        expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
      const { sent } = outbox.parse(await (await fetch(`${product.origin}/clerk/outbox.json`)).json());
      return sent.filter(({ to }) => mine.includes(to));
    };
    const mails = await run();
    expect(mails.map(({ to }) => to).sort()).toEqual(mine.sort());
    const toInA = mails.find(({ to }) => to === inA.email);
    expect(toInA?.text).toContain(`/kpis/${kpi.body.id}?dialog=check-in`);
    expect(toInA?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');

    const link = (toInA?.headers['List-Unsubscribe'] ?? '').slice(1, -1).replace(product.origin, '');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const click = (to: string) =>
      product.api(to, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: form });
    expect(await product.api(link)).toMatchObject({ status: 200 });
    expect((await product.api(settingsOf(inA), { token: inA.token })).body).toMatchObject({
      reminders: true,
    });
    const forged = link.replace(inA.userId, inB.userId);
    expect(await click(forged)).toMatchObject({ status: 404 });
    expect((await product.api(forged)).body).toContain('isn’t valid anymore');
    for (const _ of [1, 2]) expect(await click(link)).toMatchObject({ status: 200 });
    expect((await product.api(settingsOf(inA), { token: inA.token })).body).toMatchObject({
      ...{ reminders: false, digest: true, stopped: null, sending: 'on', language: 'en' },
    });
    expect((await product.api(settingsOf(inB), { token: inA.token })).status).toBe(403);
    expect((await patch(settingsOf(inB), admin, { digest: false })).status).toBe(403);
    expect(await patch(settingsOf(inB), inB, { language: 'de' })).toMatchObject({ status: 200 });

    const stopped = async () => (await product.api(settingsOf(lost), { token: admin.token })).body.stopped;
    await eventually(async () => (await stopped()) !== null, 'the bounce is known');
    expect(await stopped()).toMatchObject({ because: 'bounced' });
    const trail = `${base}/audit?action=mail-settings.stopped`;
    const entries = async () => (await product.api(trail, { token: admin.token })).body.items;
    await eventually(async () => (await entries()).length === 1, 'an entry tells the admins');
    expect(await run()).toHaveLength(mine.length);
  });
});

/** A webhook's target that is gone. */
async function goneTarget() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(410).end());
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = Object(server.address());
  return {
    url: `http://localhost:${port}/in`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

describe('a webhook that is paused', () => {
  it('is told to the organization’s admins by mail, and to nobody else', async () => {
    const people = peopleOf(product, superAdmin);
    const { admin, base, domain, post } = await people.organization('Pausing');
    await using target = await goneTarget();
    const made = await post('/outgoing-webhooks', { name: 'Warehouse', url: target.url, events: ['team.*'] });
    expect(made.status).toBe(201);
    await post('/teams', { name: 'C' });
    const sent = async () => {
      const all = outbox.parse(await (await fetch(`${product.origin}/clerk/outbox.json`)).json()).sent;
      return all.filter(({ to, text }) => to.endsWith(`@${domain}`) && text.includes('410 Gone'));
    };
    const trail = `${base}/audit?action=team.created`;
    const entries = async () => (await product.api(trail, { token: admin.token })).body.items;
    await eventually(async () => (await entries()).length === 3, 'the team is in the audit log');
    // The audit writer may not know yet of a webhook this new; a change asks the sender to look.
    const hook = `${base}/outgoing-webhooks/${made.body.id}`;
    expect(await patch(hook, admin, { name: 'Store' })).toMatchObject({ status: 200 });
    await eventually(async () => (await sent()).length > 0, 'the admin gets a mail');
    const [mail, ...others] = await sent();
    expect(others).toEqual([]);
    expect(mail?.to).toBe(admin.email);
    expect(mail?.text).toContain(`/webhooks/${made.body.id}`);
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  });
});

describe('the erasure of a person', () => {
  it('is done under its own rights: in items, in keys and in the audit log', async () => {
    const people = peopleOf(product, superAdmin);
    const org = await people.organization('Forgetting');
    const { base, admin, leader, post, teamA } = org;
    const eve = await org.join('eve', { role: 'org_admin' });
    const max = await org.join('max', { name: 'Max Muster', teamId: teamA });
    const kpi = await post('/kpis', {
      ...{ name: 'Beds ready', unit: '%', direction: 'up', baseline: 0, target: 100 },
      period: { start: '2026-01-01', end: '2099-12-31' },
      owner: { kind: 'team', teamId: teamA },
      assigneeIds: [max.userId, leader.userId],
    });
    const said = { value: 5, note: 'Says Max Muster.' };
    expect(await post(`/kpis/${kpi.body.id}/check-ins`, said, max.token)).toMatchObject({ status: 201 });
    const ofMax = `/person-data/${max.userId}`;
    expect(await post(`${ofMax}/export`, {}, max.token)).toMatchObject({ status: 202 });
    const settings = `${base}/users/${max.userId}/mail-settings`;
    const { headers } = await people.read(settings, max);
    const state = { 'if-match': headers.get('etag') ?? '' };
    const digest = { method: 'PATCH', token: max.token, headers: state, body: { digest: false } };
    expect(await product.api(settings, digest)).toMatchObject({ status: 200 });
    expect((await people.change(org, max, 'DELETE')).status).toBeLessThan(300);
    for (const { token } of [admin, eve])
      expect(await post(`${ofMax}/erasure`, {}, token)).toMatchObject({ status: 202 });

    /** The keys of what still identifies them, without the record of who is being erased. */
    const traces = async () => {
      const { client, TableName } = engineOf(product);
      const found: string[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName }))
        for (const { pk, sk, ...item } of Items) {
          const text = JSON.stringify({ pk, sk, ...item });
          const isOwn = pk.startsWith(`${org.id}#`) && !/#(erasing|access)/.test(pk);
          if (isOwn && [max.userId, max.email, 'Max Muster'].some((one) => text.includes(one)))
            found.push(`${pk} ${sk}`);
        }
      client.destroy();
      return found;
    };
    const run = async (job: string) => {
      for (const { name } of product.aws.schedules().filter((it) => it.name.includes(job)))
        expect(await product.aws.runSchedule(name), name).toMatchObject({ outcome: { ok: true } });
    };
    // It waits until Clerk has been told of the removal.
    await run('Invitations');
    await eventually(async () => {
      await run('Erasures');
      return (await traces()).length === 0;
    }, 'nothing of them is left').catch(() => undefined);
    expect(await traces()).toEqual([]);
    const { items } = (await people.read(`${base}/audit?resource=kpi/${kpi.body.id}`, admin)).body;
    expect(JSON.stringify(items)).toContain('user_erased_');
  });
});
