import { createHash, createPublicKey, verify } from 'node:crypto';
import { PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginApproved } from '../../../domain/approval/begin-approved.ts';
import { approveRequest } from '../../../domain/approval/decide-request.ts';
import { beginDeletion } from '../../../domain/departure/begin-deletion.ts';
import { beginDeparture } from '../../../domain/departure/begin-departure.ts';
import { departedIn } from '../../../domain/departure/departed.ts';
import { departureProgress } from '../../../domain/departure/find-departure.ts';
import { type CertifyingTools, keepRemovals } from '../../../domain/departure/keep-removals.ts';
import { signCertificate } from '../../../domain/departure/sign-certificate.ts';
import { undoDeparture } from '../../../domain/departure/undo-departure.ts';
import { AppError } from '../../../domain/errors.ts';
import type { ApprovalId, OrganizationId } from '../../../domain/ids.ts';
import { createOrganization } from '../../../domain/organization/create-organization.ts';
import { type ControlPlane, platformScope } from '../../../domain/table/scope.ts';
import { ask, contextOf, countPlatform, fresh, putInSuperAdmin } from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, request, sender, superAdmin } from './support/founding.ts';
import { entry, notary } from './support/leaving.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  await countPlatform(plane);
  for (const id of ['user_ann', 'user_ben']) await putInSuperAdmin(plane, id);
});
afterAll(() => stop());

const minutes = (count: number, from = after): Date => new Date(from.getTime() + count * 60_000);
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const after = days(31);
const by = (who: string, at: Date) => contextOf(plane, who, at);
const begin = (at: Date) => (asked: Parameters<typeof beginApproved>[1]) =>
  beginApproved(by('user_ann', at), asked, plane);

const allItems = async () =>
  (await plane.client.send(new ScanCommand({ TableName: plane.table }))).Items ?? [];
/** The number of items whose key starts with an organization's id, known to the product or not. */
const everythingOf = async (organizationId: OrganizationId): Promise<number> =>
  (await allItems()).filter(({ pk }) => String(pk).startsWith(`${organizationId}#`)).length;
/** The progress of its deletion and the listed partitions, from the platform's partition. */
const platformsOf = async (organizationId: OrganizationId) =>
  (await allItems()).filter(
    ({ pk, departing }) => /-(?:removal|partitions)$/.test(pk) && departing === organizationId,
  );

const put = (organizationId: OrganizationId, partition: string, sk: string, more: object = {}) =>
  plane.client.send(
    new PutCommand({
      TableName: plane.table,
      Item: { pk: `${organizationId}#${partition}`, sk, organizationId, ...more },
    }),
  );

let count = 0;
/** A frozen organization with an item in every kind of partition. */
async function leaving() {
  count += 1;
  const name = `Deleted ${count}`;
  const { organization, scope } = await found(plane, name);
  const { id } = organization;
  await entry(scope, `entry-${count}`, 'team.created', now);
  const user = { userId: `user_m${count}`, entity: 'user', entityVersion: '1' };
  await put(id, 'user', user.userId, user);
  await put(id, 'kpi', `kpi_${count}`, { assigneeIds: [`user_gone${count}`] });
  await put(id, `kpi#kpi_${count}`, '2026-11-01#chk');
  await put(id, `assigned#user_gone${count}`, `kpi_${count}`);
  await put(id, `initiative#kpi_${count}`, 'one');
  await plane.client.send(
    new PutCommand({
      TableName: plane.table,
      Item: {
        ...{ pk: 'platform#member-claim', sk: user.userId, userId: user.userId, memberOf: id },
        ...{
          organizationId: 'platform',
          claimedAt: now.toISOString(),
          entity: 'memberClaim',
          entityVersion: '1',
        },
      },
    }),
  );
  const asked = { organizationId: id, reason: 'Contract ended.', graceDays: 30 };
  await beginDeparture(by('user_ann', now), asked, plane);
  return { id, name, scope, userId: user.userId };
}

/** Two super admins approve the deletion. */
async function approved(organizationId: OrganizationId, at = after): Promise<ApprovalId> {
  const kind = 'organization.remove-data';
  const made = await ask(by('user_ann', at), plane, { kind, input: { organizationId } });
  await approveRequest(by('user_ben', at), { approvalId: made.id, hash: made.hash, session: fresh }, plane);
  return made.id;
}
const deletion = async (organizationId: OrganizationId, at = after) =>
  beginDeletion(
    by('user_ann', at),
    { organizationId, approvalId: await approved(organizationId, at) },
    begin(at),
  );

function tools(at: Date, more: Partial<CertifyingTools> = {}) {
  const linked: string[] = [];
  const own: CertifyingTools = {
    ...{ plane, clock: () => at, until: minutes(10, at) },
    link: async (userId) => {
      linked.push(userId);
    },
    certify: (departing) => signCertificate(platformScope(plane), departing, notary),
    ...more,
  };
  return { own, linked };
}
const run = async (at: Date, more: Partial<CertifyingTools> = {}) => {
  const { own, linked } = tools(at, more);
  return { ...(await keepRemovals(own)), linked };
};

describe('the deletion of an organization’s data', () => {
  it('begins after the grace, and with an approval of exactly that', async () => {
    const { id } = await leaving();
    const early = beginDeletion(by('user_ann', days(29)), { organizationId: id }, begin(days(29)));
    await expect(early).rejects.toMatchObject({ reason: 'grace_not_over' });
    const alone = beginDeletion(by('user_ann', after), { organizationId: id }, begin(after));
    await expect(alone).rejects.toMatchObject({ code: 'approval_required' });
    const other = await approved((await leaving()).id);
    const wrong = beginDeletion(
      by('user_ann', after),
      { organizationId: id, approvalId: other },
      begin(after),
    );
    await expect(wrong).rejects.toMatchObject({ code: 'approval_required' });
    expect(await deletion(id)).toMatchObject({ stage: 'deleting' });
  });

  it('happens or is undone, of both at the same moment; and once begun it is the same when sent again', async () => {
    const { id } = await leaving();
    const approvalId = await approved(id);
    const start = () =>
      beginDeletion(by('user_ann', after), { organizationId: id, approvalId }, begin(after));
    const both = await Promise.allSettled([start(), undoDeparture(by('user_ben', after), id, plane)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const second = (await leaving()).id;
    const again = await approved(second);
    const asked = { organizationId: second, approvalId: again };
    const first = await beginDeletion(by('user_ann', after), asked, begin(after));
    expect(await beginDeletion(by('user_ann', after), asked, begin(after))).toEqual(first);
    await expect(undoDeparture(by('user_ben', after), second, plane)).rejects.toMatchObject({
      reason: 'departure_over',
    });
  });

  it('leaves nothing in any partition, frees its name, unlinks its people, and is certified', async () => {
    const { id, name, userId } = await leaving();
    await deletion(id);
    expect(await everythingOf(id)).toBeGreaterThan(10);
    const { failures, linked } = await run(after);
    expect([failures, linked]).toEqual([[], expect.arrayContaining([userId])]);
    expect(await everythingOf(id)).toBe(0);
    // A late item is found, and the waiting period restarts.
    await put(id, 'access', 'session#late');
    await run(minutes(10));
    expect(await departureProgress(platformScope(plane), id)).toMatchObject({ stage: 'deleting' });
    for (const at of [20, 30]) await run(minutes(at));
    // A scheduled run of up to a quarter of an hour that read it earlier may still write.
    expect(await departureProgress(platformScope(plane), id)).toMatchObject({ stage: 'deleting' });
    await run(minutes(40));
    const done = await departureProgress(platformScope(plane), id);
    expect(done).toMatchObject({ stage: 'deleted' });
    expect(await everythingOf(id)).toBe(0);
    const told = JSON.parse(done.certificate?.text ?? '');
    expect(told).toMatchObject({
      organizationId: id,
      name,
      remaining: 0,
      deleted: { organization: 1, user: 1, kpi: 1 },
    });
    expect(told.items).toBeGreaterThan(10);
    expect(told.backupsEnd > after.toISOString()).toBe(true);
    // Its name can be reused.
    const ctx = { scope: platformScope(plane), actor: superAdmin, now: after };
    await createOrganization(
      ctx,
      { ...request(name), firstAdmin: { name: 'Ada', email: 'ada@again.example' } },
      sender(),
    );
  });

  it('has a certificate that anybody can check with the key alone', async () => {
    const { id } = await leaving();
    await deletion(id);
    for (const at of [0, 10, 20]) await run(minutes(at));
    const {
      text = '',
      note = '',
      key = '',
    } = (await departureProgress(platformScope(plane), id)).certificate ?? {};
    // Base64 may have a plus sign too.
    const raw = Buffer.from(key.replace(/^[^+]*\+[^+]*\+/, ''), 'base64').subarray(1);
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
    const signed = note.slice(0, note.indexOf('\n\n') + 1);
    const signature = Buffer.from(note.trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(4);
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(signed), publicKey, signature)).toBe(true);
    expect(signed).toBe(
      `${key.split('+')[0]}/departures\ncertificate ${id}\nsha256 ${createHash('sha256').update(text).digest('base64')}\n`,
    );
  });

  it('that is stopped in the middle is gone on with, and waits for a sign-in service that is away', async () => {
    const { id, userId } = await leaving();
    await deletion(id);
    let at = after.getTime();
    const clock = () => {
      at += 1;
      return new Date(at);
    };
    const away = async () => {
      throw new AppError('identity_unavailable', 'Clerk is away.');
    };
    for (let runs = 0; runs < 6; runs += 1) await run(after, { clock, until: new Date(at + 8), link: away });
    await run(minutes(1), { link: away });
    expect(await everythingOf(id)).toBe(1);
    await run(minutes(18), { link: away });
    expect(await departureProgress(platformScope(plane), id)).toMatchObject({ stage: 'deleting' });
    expect((await run(minutes(20))).linked).toContain(userId);
    for (const later of [30, 40]) await run(minutes(later));
    const done = await departureProgress(platformScope(plane), id);
    expect(JSON.parse(done.certificate?.text ?? '{}').deleted).toMatchObject({ user: 1, kpi: 1, checkIn: 1 });
  });

  it('leaves no ids behind where a run was cut off between the certificate and forgetting', async () => {
    const { id } = await leaving();
    await deletion(id);
    for (const at of [0, 10]) await run(minutes(at));
    const noted = await platformsOf(id);
    expect(noted.length).toBeGreaterThan(1);
    await run(minutes(20));
    expect(await departureProgress(platformScope(plane), id)).toMatchObject({ stage: 'deleted' });
    for (const Item of noted) await plane.client.send(new PutCommand({ TableName: plane.table, Item }));
    expect((await run(minutes(30))).failures).toEqual([]);
    expect(await platformsOf(id)).toEqual([]);
  });

  it('isn’t done for a departure that somebody only wrote to be approved', async () => {
    const { id } = await leaving();
    await plane.client.send(
      new PutCommand({
        TableName: plane.table,
        Item: {
          ...{
            pk: 'platform#departure',
            sk: id,
            organizationId: 'platform',
            departing: id,
            name: 'x',
            reason: 'x',
          },
          ...{
            stage: 'deleting',
            frozenAt: now.toISOString(),
            deletionFrom: now.toISOString(),
            startedBy: { id: 'x' },
          },
          ...{ approvalId: await approved((await leaving()).id), revision: 9, createdAt: now.toISOString() },
          ...{ updatedAt: now.toISOString(), changed: { by: 'x', role: 'x', action: 'x', requestId: 'x' } },
          ...{ entity: 'departure', entityVersion: '1' },
        },
      }),
    );
    const before = await everythingOf(id);
    expect((await run(after)).failures).toHaveLength(1);
    expect(await everythingOf(id)).toBe(before);
    expect(await departedIn(plane)(id)).toBe(true);
  });

  it('touches nobody else’s partitions, whatever the list of what is to be deleted says', async () => {
    const [{ id }, other] = [await leaving(), await leaving()];
    await deletion(id);
    await run(after);
    await plane.client.send(
      new UpdateCommand({
        TableName: plane.table,
        Key: { pk: 'platform#departure-partitions', sk: `${id}#000000` },
        UpdateExpression: 'SET #partitions = :others',
        ExpressionAttributeNames: { '#partitions': 'partitions' },
        ExpressionAttributeValues: { ':others': [`${id}#kpi`, `${other.id}#kpi`] },
      }),
    );
    const before = await everythingOf(other.id);
    await run(minutes(10));
    const { failures } = await run(minutes(20));
    expect(await everythingOf(other.id)).toBe(before);
    expect(failures.map(String)).toContainEqual(expect.stringContaining('names others'));
  });
});
