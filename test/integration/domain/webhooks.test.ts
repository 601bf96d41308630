import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownOrganizations } from '../../../domain/audit/retention.ts';
import { sha256 } from '../../../domain/audit/sha256.ts';
import { append, emptyFrontier, packed } from '../../../domain/audit/tree/frontier.ts';
import { fromBase64 } from '../../../domain/audit/tree/hash.ts';
import { findTree } from '../../../domain/audit/tree-head.ts';
import { suspendOrganization } from '../../../domain/organization/suspend-organization.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { replayDelivery } from '../../../domain/webhook/deliveries.ts';
import {
  deleteWebhook,
  listWebhooks,
  requireWebhook,
  rotateSecret,
  updateWebhook,
} from '../../../domain/webhook/manage-webhooks.ts';
import { mostWebhooks } from '../../../domain/webhook/webhook.schema.ts';
import { startControlPlane } from './support/control-plane.ts';
import { place as placeOf, sequenceOf, verify } from './support/webhook-target.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const days = 86_400_000;
const place = (name: string) => placeOf(plane, name);

describe('a webhook', () => {
  it('is told what happens from its creation on, once, signed as Standard Webhooks says', async () => {
    const at = await place('Told');
    await at.happen(0, 3);
    const { secret = '' } = await at.create({ events: ['kpi.*'] });
    await at.happen(3, 2);
    await at.send();
    await at.send();
    expect(at.sent.map(sequenceOf)).toEqual([3, 4]);
    for (const one of at.sent) verify(secret, one, at.now());
    const [first, second] = at.sent;
    if (first === undefined || second === undefined) throw new Error('nothing was sent');
    expect(() => verify(secret, { ...first, body: `${first.body} ` }, at.now())).toThrow();
    expect(() => verify(secret, { ...first, body: second.body }, at.now())).toThrow();
    expect(JSON.parse(first.body)).toEqual({
      type: 'kpi.updated',
      timestamp: expect.any(String),
      data: {
        organizationId: at.scope.organizationId,
        resource: 'kpi/kpi_3',
        actor: { id: 'user_1', role: 'org_admin' },
        changed: ['name'],
        sequence: 3,
        entryId: 'e000003',
      },
    });
    const [last] = await at.log();
    expect(last).toMatchObject({ id: '000000000004', status: 'delivered', attempts: [{ status: 200 }] });
    expect(second.headers['webhook-id']).toBe(last?.messageId);
  });

  it('isn’t told of what it didn’t choose', async () => {
    const at = await place('Chosen');
    await at.create({ events: ['team.*', 'user.joined'] });
    await at.happen(0, 3);
    await at.send();
    expect(at.sent).toEqual([]);
  });

  it('has a failing message tried again for a day, with the same id and a new signature, while others go on', async () => {
    const at = await place('Failing');
    const { secret = '' } = await at.create();
    await at.happen(0, 3);
    at.answer = (sequence) => (sequence === 1 ? 500 : 200);
    await at.send();
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 2]);
    for (let tries = 0; tries < 40; tries += 1) {
      const next = await at.send();
      if (next === null || next.getTime() > at.now().getTime() + 2 * days) break;
      at.pass(next.getTime() - at.now().getTime());
      // It works otherwise.
      if (tries === 6) await at.happen(3, 1);
    }
    const again = at.sent.filter((one) => sequenceOf(one) === 1);
    expect(again).toHaveLength(8);
    expect(new Set(again.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(again.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(8);
    expect(again.map(({ body }) => body)).toEqual(again.map(() => again[0]?.body));
    const failed = (await at.log()).find(({ id }) => id === '000000000001');
    expect(failed).toMatchObject({ status: 'failed' });
    expect(failed?.attempts).toHaveLength(8);
    expect(secret).toMatch(/^whsec_/);
    expect(await listWebhooks(at.scope)).toMatchObject([{ status: 'active', waiting: 0 }]);
  });

  it('is paused when nothing arrives for a day, and goes on without a loss when an admin says so', async () => {
    const at = await place('Down');
    const { id } = await at.create();
    await at.happen(0, 2);
    at.answer = () => 500;
    for (let tries = 0; tries < 60; tries += 1) {
      const next = await at.send();
      if (next === null) break;
      at.pass(Math.max(0, next.getTime() - at.now().getTime()));
    }
    const paused = await requireWebhook(at.scope, id);
    expect(paused).toMatchObject({ status: 'paused', pausedBecause: 'failing' });
    const before = at.sent.length;
    await at.happen(2, 2);
    at.pass(days);
    await at.send();
    expect(at.sent).toHaveLength(before);
    at.answer = () => 200;
    const { revision } = paused;
    const change = { webhookId: id, revision, isLocal: false, status: 'active' } as const;
    expect(await updateWebhook(at.ctx(), change)).not.toHaveProperty('pausedBecause');
    await at.send();
    expect(new Set(at.sent.slice(before).map(sequenceOf))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('is paused at once by a target that is gone', async () => {
    const at = await place('Gone');
    const { id } = await at.create();
    await at.happen(0, 2);
    at.answer = () => 410;
    await at.send();
    expect(at.sent).toHaveLength(1);
    expect(await requireWebhook(at.scope, id)).toMatchObject({ status: 'paused', pausedBecause: 'gone' });
  });

  it('signs by both secrets for a day after a rotation, also what is tried again', async () => {
    const at = await place('Rotated');
    const { id, secret: old = '' } = await at.create();
    await at.happen(0, 1);
    at.answer = () => 503;
    await at.send();
    const { secret = '' } = await rotateSecret(at.ctx(), id);
    at.answer = () => 200;
    at.pass(60_000);
    await at.send();
    const [first, second] = at.sent;
    if (first === undefined || second === undefined) throw new Error('it was not tried again');
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    for (const one of [old, secret]) verify(one, second, at.now());
    at.pass(days + 1000);
    await at.happen(1, 1);
    await at.send();
    const third = at.sent[2];
    if (third === undefined) throw new Error('it was not sent');
    verify(secret, third, at.now());
    expect(() => verify(old, third, at.now())).toThrow();
  });

  it('is sent to by one sender at a time; what a crash leaves unsaid is sent again', async () => {
    const at = await place('Two');
    await at.create();
    await at.happen(0, 5);
    await Promise.all([at.send(), at.send(), at.send()]);
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 2, 3, 4]);
    await at.happen(5, 2);
    const crashing = at.answer;
    at.answer = () => {
      throw new Error('the process ends');
    };
    await expect(at.send()).rejects.toThrow('the process ends');
    at.answer = crashing;
    await at.send();
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 2, 3, 4, 5]);
    at.pass(61_000);
    await at.send();
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 2, 3, 4, 5, 5, 6]);
  });

  it('goes on where it was when time was up', async () => {
    const at = await place('Short');
    await at.create();
    await at.happen(0, 4);
    let left = 3;
    const next = await at.send(() => {
      left -= 1;
      return left > 0;
    });
    expect(next).toEqual(at.now());
    const before = at.sent.length;
    expect(before).toBeLessThan(4);
    await at.send();
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 2, 3]);
  });

  it('sends a message again when an admin says so, with the same id', async () => {
    const at = await place('Replayed');
    const { id } = await at.create();
    await at.happen(0, 2);
    await at.send();
    await replayDelivery(at.ctx(), { webhookId: id, place: '000000000000' });
    await at.send();
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 0]);
    expect(at.sent[2]?.headers['webhook-id']).toBe(at.sent[0]?.headers['webhook-id']);
    await expect(replayDelivery(at.ctx(), { webhookId: id, place: '000000000009' })).rejects.toMatchObject({
      reason: 'delivery_not_found',
    });
  });

  it('is silent while its organization is suspended', async () => {
    const at = await place('Suspended');
    await at.create();
    await at.happen(0, 2);
    await suspendOrganization(at.ctx(), { reason: 'Unpaid' });
    expect(await at.send()).toBeNull();
    expect(at.sent).toEqual([]);
  });
});

describe('an audit log that is sent', () => {
  it('comes whole, in order, and with leaves from which its root follows', async () => {
    const at = await place('Collected');
    await at.happen(0, 7);
    await at.create({ kind: 'audit', from: 'start' });
    await at.send();
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const hashes = at.sent.map(({ body }) => fromBase64(JSON.parse(body).data.leafHash) ?? new Uint8Array());
    const { head } = await findTree(at.scope);
    const computed = append(emptyFrontier, hashes, sha256);
    expect(packed(computed)).toEqual(packed(head.frontier));
    expect(JSON.parse(at.sent[0]?.body ?? '')).toMatchObject({
      type: 'audit.entry',
      data: { leaf: { id: 'e000000', sequence: 0 }, entry: { id: 'e000000', action: 'kpi.updated' } },
    });
  });

  it('waits for an entry that fails, so that none overtakes it', async () => {
    const at = await place('Ordered');
    await at.create({ kind: 'audit' });
    await at.happen(0, 4);
    let failures = 3;
    at.answer = (sequence) => {
      if (sequence !== 1 || failures === 0) return 200;
      failures -= 1;
      return 500;
    };
    for (let tries = 0; tries < 10; tries += 1) {
      const next = await at.send();
      if (next !== null) at.pass(Math.max(0, next.getTime() - at.now().getTime()));
    }
    expect(at.sent.map(sequenceOf)).toEqual([0, 1, 1, 1, 1, 2, 3]);
  });
});

let refused: ReturnType<typeof placeOf> | undefined;
const refusing = () => {
  refused ??= place('Refusing');
  return refused;
};

describe('webhooks of an organization', () => {
  it('are at most so many, and go with what they know', async () => {
    const at = await place('Many');
    const { hasWebhooks } = knownOrganizations(plane, async () => false);
    for (let made = 0; made < mostWebhooks; made += 1) await at.create();
    await expect(at.create()).rejects.toMatchObject({ reason: 'too_many_webhooks' });
    expect(await hasWebhooks(at.scope.organizationId)).toBe(true);
    for (const { id, revision } of await listWebhooks(at.scope))
      await deleteWebhook(at.ctx(), { webhookId: id, revision });
    expect(await listWebhooks(at.scope)).toEqual([]);
    expect(await knownOrganizations(plane, async () => false).hasWebhooks(at.scope.organizationId)).toBe(
      false,
    );
    await at.happen(0, 1);
    expect(await at.send()).toBeNull();
  });

  it.each([
    ['http://hooks.example.com', 'target_not_https'],
    ['https://user:pass@hooks.example.com', 'target_with_password'],
    ['https://localhost/in', 'target_not_public'],
    ['https://169.254.169.254/latest/meta-data', 'target_not_public'],
    ['https://[::1]/', 'target_not_public'],
    ['https://2130706433/', 'target_not_public'],
    ['https://intranet/', 'target_not_public'],
    ['https://printer.local/', 'target_not_public'],
  ])('are refused for %s', async (url, reason) => {
    const at = await refusing();
    await expect(at.create({ url })).rejects.toMatchObject({ reason });
  });

  it('are refused for an event type that doesn’t exist', async () => {
    const at = await place('Unknown');
    await expect(at.create({ events: ['kpi.exploded'] })).rejects.toMatchObject({
      reason: 'event_type_unknown',
    });
  });
});
