import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { replayDelivery } from '../../../domain/webhook/deliveries.ts';
import type { LogObject } from '../../../domain/webhook/log-objects.ts';
import {
  deleteWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
} from '../../../domain/webhook/manage-webhooks.ts';
import { type LogBucket, NewWebhook } from '../../../domain/webhook/webhook.schema.ts';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { type Options, verify } from '../../../web/public/audit-verify.mjs';
import { startControlPlane } from './support/control-plane.ts';
import { place as placeOf } from './support/webhook-target.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const bucket: LogBucket = {
  name: 'acme-audit-log',
  region: 'eu-west-1',
  prefix: 'mtcms/prod',
  roleArn: 'arn:aws:iam::222222222222:role/mtcms-log-delivery',
};
const withBucket = (from: 'now' | 'start') => ({ url: undefined, kind: 'bucket', bucket, from });
const names = (objects: readonly LogObject[]) => objects.map(({ key }) => key.split('/').at(-1));
const checked = async ({ text }: LogObject, options: Options = {}) => {
  const { findings, facts } = await verify([Buffer.from(text)], options);
  return { findings, entries: facts.entries, size: facts.newest?.size };
};

async function place(name: string, from: 'now' | 'start' = 'start') {
  const at = await placeOf(plane, name);
  return { at, create: () => at.create(withBucket(from)) };
}

describe('a bucket', () => {
  it('gets the log in order, up to each checkpoint, in files that prove themselves and each other', async () => {
    const { at, create } = await place('Delivered');
    await at.happen(0, 3);
    await at.checkpoint();
    await at.happen(3, 4);
    const made = await create();
    expect(made).toMatchObject({ url: 's3://acme-audit-log/mtcms/prod', bucket, kind: 'bucket' });
    expect(made.secret).toBeUndefined();
    await at.send();
    expect(at.put.map(({ key }) => key)).toEqual([
      `mtcms/prod/${at.scope.organizationId}/000000000000-000000000002.jsonl`,
    ]);
    await at.checkpoint();
    await at.send();
    await at.send();
    expect(names(at.put).slice(1)).toEqual(['000000000003-000000000006.jsonl']);
    const [first, second] = at.put;
    if (first === undefined || second === undefined) throw new Error('nothing was put');
    expect(await checked(first)).toEqual({ findings: [], entries: 3, size: 3 });
    const checkpoints = [first.checkpoint.note];
    expect(await checked(second, { checkpoints })).toEqual({ findings: [], entries: 4, size: 7 });
    const edited = { ...second, text: second.text.replace('KPI 5', 'KPI 6') };
    expect((await checked(edited)).findings).toEqual([{ code: 'edited', from: 5, to: 5 }]);
    const [last] = await at.log();
    expect(last).toMatchObject({ id: '000000000003', type: 'audit.entries', status: 'delivered' });
    expect(last?.resource).toBe(second.key);
  });

  it('gets a long log in parts, of which each is proved by the checkpoint that covers it', async () => {
    const { at, create } = await place('Long');
    await at.happen(0, 20);
    await at.checkpoint();
    for (let from = 20; from < 620; from += 20) await at.happen(from, 20);
    await at.checkpoint();
    await create();
    await at.send();
    expect(names(at.put)).toEqual([
      '000000000000-000000000019.jsonl',
      '000000000020-000000000519.jsonl',
      '000000000520-000000000619.jsonl',
    ]);
    for (const [i, entries] of [20, 500, 100].entries()) {
      const one = at.put[i];
      if (one === undefined) throw new Error('a part is missing');
      const checkpoints = [at.put[0]?.checkpoint.note ?? ''];
      expect(await checked(one, { checkpoints })).toMatchObject({ findings: [], entries });
    }
  });

  it('begins in the middle where it is told to, and waits for the hour’s checkpoint', async () => {
    const { at, create } = await place('Later', 'now');
    await at.happen(0, 5);
    await create();
    await at.happen(5, 2);
    at.pass(3_600_000);
    const next = await at.send();
    expect(next).toEqual(new Date(at.now().getTime() + 600_000));
    expect(at.put).toEqual([]);
    await at.checkpoint();
    expect(await at.send()).toBeNull();
    expect(names(at.put)).toEqual(['000000000005-000000000006.jsonl']);
    expect(at.put[0] && (await checked(at.put[0]))).toEqual({ findings: [], entries: 2, size: 7 });
  });

  it('gets the same object again after a failure and after a crash, and none before it', async () => {
    const { at, create } = await place('Again');
    for (const from of [0, 2]) {
      await at.happen(from, 2);
      await at.checkpoint();
    }
    const { id } = await create();
    at.bucketAnswer = () => ({ problem: 'bucket-denied', milliseconds: 1 });
    await at.send();
    at.pass(6000);
    at.bucketAnswer = () => ({ status: 200, milliseconds: 1 });
    await at.send();
    const names = at.put.map(({ from }) => from);
    expect(names).toEqual([0, 0, 2]);
    expect(at.put[0]?.key).toBe(at.put[1]?.key);
    expect(at.checks).toEqual([true, true, false]);
    await at.happen(4, 3);
    await at.checkpoint();
    await replayDelivery(at.ctx(), { webhookId: id, place: '000000000000' });
    await at.send();
    expect(at.put.slice(3).map(({ key }) => key)).toEqual([
      at.put[0]?.key,
      expect.stringContaining('000000000004-000000000006'),
    ]);
  });

  it('is paused after a day of refusals, and goes on where it was', async () => {
    const { at, create } = await place('Refused');
    await at.happen(0, 2);
    await at.checkpoint();
    await create();
    at.bucketAnswer = () => ({ problem: 'role-denied', milliseconds: 1 });
    for (let tries = 0; tries < 20; tries += 1) {
      const next = await at.send();
      if (next !== null) at.pass(Math.max(0, next.getTime() - at.now().getTime()));
    }
    const [paused] = await listWebhooks(at.scope);
    expect(paused).toMatchObject({ status: 'paused', pausedBecause: 'failing' });
    expect((await at.log())[0]).toMatchObject({ status: 'retrying' });
    at.bucketAnswer = () => ({ status: 200, milliseconds: 1 });
    if (paused === undefined) throw new Error('there is none');
    const { id: webhookId, revision } = paused;
    await updateWebhook(at.ctx(), { webhookId, revision, isLocal: false, status: 'active' });
    await at.send();
    expect((await at.log())[0]).toMatchObject({ status: 'delivered' });
  });

  it('is checked for the external ID again once its role is another', async () => {
    const { at, create } = await place('Moved');
    const { id: webhookId, revision } = await create();
    const deliver = async (from: number) => {
      await at.happen(from, 2);
      await at.checkpoint();
      await at.send();
    };
    await deliver(0);
    await deliver(2);
    const roleArn = 'arn:aws:iam::444444444444:role/mtcms-log-delivery';
    const moved = { webhookId, revision, isLocal: false, bucket: { ...bucket, roleArn } };
    await updateWebhook(at.ctx(), moved);
    await deliver(4);
    await deliver(6);
    expect(at.checks).toEqual([true, false, true, false]);
  });

  it('has no secret, stays a bucket, can be another one, and goes', async () => {
    const { at, create } = await place('Changed');
    const { id: webhookId, revision } = await create();
    const change = { webhookId, revision, isLocal: false };
    await expect(rotateSecret(at.ctx(), webhookId)).rejects.toMatchObject({ reason: 'bucket_has_no_secret' });
    await expect(
      updateWebhook(at.ctx(), { ...change, url: 'https://hooks.example.com' }),
    ).rejects.toMatchObject({ reason: 'kind_is_fixed' });
    const other = { ...bucket, name: 'other-log', prefix: '' };
    const changed = await updateWebhook(at.ctx(), { ...change, bucket: other });
    expect(changed).toMatchObject({ url: 's3://other-log', bucket: other });
    await deleteWebhook(at.ctx(), { webhookId, revision: changed.revision });
    expect(await listWebhooks(at.scope)).toEqual([]);
  });
});

describe('the place of a bucket', () => {
  const given = (changes: object, rest: object = {}) =>
    NewWebhook.safeParse({ name: 'Log', kind: 'bucket', bucket: { ...bucket, ...changes }, ...rest });

  it.each([
    ['name', 'a'],
    ['name', 'Acme'],
    ['name', 'acme.logs'],
    ['name', 'acme-logs--x-s3'],
    ['name', 'arn:aws:s3:eu-west-1:222222222222:accesspoint/a'],
    ['name', '../other'],
    ['region', 'eu-west-1.evil.example#'],
    ['region', 'evil'],
    ['region', 'cn-north-1'],
    ['prefix', '/logs'],
    ['prefix', 'logs/../other'],
    ['prefix', 'logs//mtcms'],
    ['roleArn', 'arn:aws:iam::222222222222:role/admin'],
    ['roleArn', 'arn:aws:iam::222222222222:role/x/mtcms-log-delivery'],
    ['roleArn', 'arn:aws:iam::222222222222:user/mtcms-log-delivery'],
    ['roleArn', 'arn:aws-cn:iam::222222222222:role/mtcms-log-delivery'],
  ])('is refused for the %s %s', (field, value) => {
    expect(given({ [field]: value }).error?.issues).toMatchObject([{ path: ['bucket', field] }]);
  });

  it('is asked for by its kind, and by no other', () => {
    expect(given({}).success).toBe(true);
    const paths = (input: object) =>
      NewWebhook.safeParse({ name: 'Log', ...input }).error?.issues.map(({ path }) => path.join('.'));
    expect(paths({ kind: 'bucket' })).toEqual(['bucket']);
    expect(paths({ kind: 'bucket', bucket, url: 'https://hooks.example.com' })).toEqual(['url']);
    expect(paths({ kind: 'audit' })).toEqual(['url']);
    expect(paths({ kind: 'audit', url: 'https://hooks.example.com', bucket })).toEqual(['bucket']);
  });
});
