import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginApproved } from '../../../domain/approval/begin-approved.ts';
import { approveRequest, withdrawRequest } from '../../../domain/approval/decide-request.ts';
import { requireRequest } from '../../../domain/approval/find-approval.ts';
import { keepApprovals } from '../../../domain/approval/keep-approvals.ts';
import type { Requested } from '../../../domain/approval/kinds.schema.ts';
import { type FoundPerson, makeSuperAdmin } from '../../../domain/approval/make-super-admin.ts';
import { requestApproval } from '../../../domain/approval/request-approval.ts';
import { OrganizationId, UserId } from '../../../domain/ids.ts';
import { countsOf } from '../../../domain/organization/counts.ts';
import { type ControlPlane, platformScope } from '../../../domain/table/scope.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import {
  ask,
  contextOf,
  countPlatform,
  fresh,
  later,
  newAdmin,
  providerOf,
  putInSuperAdmin,
  wholeFeed,
} from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ plane, stop } = await startControlPlane());
  await countPlatform(plane);
  await putInSuperAdmin(plane, 'user_ann');
});
afterEach(() => stop());

const dora = UserId.parse('user_dora');
const account: FoundPerson = { outcome: 'found', userId: dora, name: 'Dora Dean', twoFactor: true };
const email = 'dora@aligno.example';
const as = (by: string, at = now) => contextOf(plane, by, at);
const platform = () => platformScope(plane);

/** A request to make Dora a super admin that a second one has approved. */
async function approvedRequest() {
  await putInSuperAdmin(plane, 'user_ben');
  const { id: approvalId, hash } = await ask(as('user_ann'), plane, newAdmin(email));
  await approveRequest(as('user_ben'), { approvalId, hash, session: fresh }, plane);
  return approvalId;
}

describe('an approved super admin', () => {
  it('is made once, however often it is tried and however many try', async () => {
    const id = await approvedRequest();
    const { provider, linked } = providerOf(() => account);
    const tries = Array.from({ length: 5 }, () => makeSuperAdmin({ plane, provider }, id, now));
    await Promise.allSettled(tries);
    await keepApprovals({ plane, provider }, later(1));
    expect(await findUser(platform(), dora)).toMatchObject({
      ...{ name: 'Dora Dean', email, role: 'super_admin', status: 'active', twoFactor: true, revision: 1 },
    });
    expect(await countsOf(platform())).toMatchObject({ users: 3, admins: 3 });
    expect(await requireRequest(platform(), id)).toMatchObject({
      status: 'carried_out',
      outcome: { userId: dora },
    });
    expect(new Set(linked)).toEqual(new Set([dora]));
  });

  it('is made by the next run when the first one was cut off before, and linked when it was cut off after', async () => {
    const id = await approvedRequest();
    const away = providerOf(() => Promise.reject(new Error('killed')));
    await expect(makeSuperAdmin({ plane, provider: away.provider }, id, now)).rejects.toThrow('killed');
    expect(await findUser(platform(), dora)).toBeNull();
    const { provider, linked } = providerOf(() => account);
    const cut = { ...provider, link: () => Promise.reject(new Error('killed')) };
    expect((await keepApprovals({ plane, provider: cut }, now)).failures).toHaveLength(1);
    expect(await requireRequest(platform(), id)).toMatchObject({
      status: 'carried_out',
      progress: 'linking',
    });
    expect(await keepApprovals({ plane, provider }, later(0.2))).toMatchObject({ failures: [] });
    expect(linked).toEqual([dora]);
    expect((await requireRequest(platform(), id)).progress).toBeUndefined();
    expect(await countsOf(platform())).toMatchObject({ admins: 3 });
  });

  it('is invited while there is no account, and made once there is one, within a week', async () => {
    const id = await approvedRequest();
    let answer: FoundPerson = { outcome: 'invited' };
    const { provider } = providerOf(() => answer);
    await makeSuperAdmin({ plane, provider }, id, now);
    const waiting = await requireRequest(platform(), id);
    expect(waiting).toMatchObject({ progress: 'invited', openUntil: later(7 * 24).toISOString() });
    await keepApprovals({ plane, provider }, later(24));
    expect(await requireRequest(platform(), id)).toEqual(waiting);
    answer = account;
    await keepApprovals({ plane, provider }, later(100));
    expect(await findUser(platform(), dora)).not.toBeNull();
  });

  it('is never made once the week is over', async () => {
    const id = await approvedRequest();
    const invited = providerOf(() => ({ outcome: 'invited' }));
    await makeSuperAdmin({ plane, provider: invited.provider }, id, now);
    const { provider } = providerOf(() => account);
    expect(await keepApprovals({ plane, provider }, later(7 * 24))).toMatchObject({ expired: 1 });
    expect(await findUser(platform(), dora)).toBeNull();
  });

  it.each([
    [
      'who is a member of an organization',
      { ...account, home: OrganizationId.parse(`org_${'0'.repeat(26)}`) },
      'member_elsewhere',
    ],
    ['whom no letter reaches', { outcome: 'undeliverable' }, 'undeliverable'],
  ] as const)('is nobody %s', async (_, person, endReason) => {
    const id = await approvedRequest();
    const { provider } = providerOf(() => person);
    expect(await makeSuperAdmin({ plane, provider }, id, now)).toMatchObject({ status: 'voided', endReason });
    expect(await findUser(platform(), dora)).toBeNull();
  });

  it.each(['user_ann', 'user_ben', 'user_cleo'])('is nobody who is one already: %s', async (who) => {
    const id = await approvedRequest();
    await putInSuperAdmin(plane, 'user_cleo');
    const { provider } = providerOf(() => ({ ...account, userId: UserId.parse(who) }));
    expect(await makeSuperAdmin({ plane, provider }, id, now)).toMatchObject({
      status: 'voided',
      endReason: 'already_super_admin',
    });
    expect(await countsOf(platform())).toMatchObject({ admins: 3 });
  });
});

describe('a super admin who is alone', () => {
  const announced: string[] = [];
  const askAlone = (asked: Requested) =>
    requestApproval(
      as('user_ann'),
      { ...asked, reason: 'Nobody else is here.', session: fresh },
      { plane, announce: ({ id }) => announced.push(id) },
    );

  it('waits a day, of which others are told, and then what was asked for is carried out', async () => {
    const { id, waitsUntil } = await askAlone(newAdmin(email));
    expect(announced).toContain(id);
    expect(waitsUntil).toBe(later(24).toISOString());
    const { provider } = providerOf(() => account);
    await expect(makeSuperAdmin({ plane, provider }, id, later(23.9))).rejects.toMatchObject({
      ...{ reason: 'approval_waits', params: { from: waitsUntil } },
    });
    await keepApprovals({ plane, provider }, later(23.9));
    expect(await findUser(platform(), dora)).toBeNull();
    expect(await keepApprovals({ plane, provider }, later(24))).toMatchObject({ carriedOut: 1 });
    expect(await findUser(platform(), dora)).not.toBeNull();
  });

  it('may cancel during the wait', async () => {
    const { id } = await askAlone(newAdmin(email));
    await withdrawRequest(as('user_ann', later(5)), { approvalId: id, reason: 'A mistake.' });
    const { provider } = providerOf(() => account);
    await keepApprovals({ plane, provider }, later(25));
    expect(await findUser(platform(), dora)).toBeNull();
  });

  it('needs the second one who has come meanwhile: the wait counts for nothing then', async () => {
    const { id: approvalId, hash } = await askAlone(wholeFeed);
    await putInSuperAdmin(plane, 'user_ben');
    const begin = () => beginApproved(as('user_ann', later(30)), { ...wholeFeed, approvalId }, plane);
    await expect(begin()).rejects.toMatchObject({ reason: 'approval_pending' });
    await approveRequest(as('user_ben', later(30)), { approvalId, hash, session: fresh }, plane);
    expect(await begin()).toMatchObject({ status: 'carried_out', approvedBy: { userId: 'user_ben' } });
  });

  it('carries out by themself once the wait is over, within another day', async () => {
    const { id: approvalId } = await askAlone(wholeFeed);
    const begin = (at: Date) => beginApproved(as('user_ann', at), { ...wholeFeed, approvalId }, plane);
    await expect(begin(later(10))).rejects.toMatchObject({ reason: 'approval_waits' });
    await expect(begin(later(48))).rejects.toMatchObject({ reason: 'approval_ended' });
    expect(await begin(later(30))).toMatchObject({ status: 'carried_out' });
  });
});
