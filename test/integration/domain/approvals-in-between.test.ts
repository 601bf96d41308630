import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Approval } from '../../../domain/approval/approval.schema.ts';
import { beginApproved } from '../../../domain/approval/begin-approved.ts';
import { approveRequest, refuseRequest, withdrawRequest } from '../../../domain/approval/decide-request.ts';
import { openRequests, requireRequest } from '../../../domain/approval/find-approval.ts';
import { keepApprovals } from '../../../domain/approval/keep-approvals.ts';
import type { Requested } from '../../../domain/approval/kinds.schema.ts';
import { requestApproval } from '../../../domain/approval/request-approval.ts';
import { AppError } from '../../../domain/errors.ts';
import { ApprovalId, UserId } from '../../../domain/ids.ts';
import { openSupportAccess } from '../../../domain/support-access/manage-support-access.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../../../domain/table/scope.ts';
import {
  ask,
  contextOf,
  countPlatform,
  fresh,
  later,
  newAdmin,
  providerOf,
  putInSuperAdmin,
  setStatus,
  tamper,
  wholeFeed,
} from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now } from './support/founding.ts';
import { meanwhile, without } from './support/meanwhile.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  await countPlatform(plane);
  for (const id of ['user_ann', 'user_ben', 'user_cleo']) await putInSuperAdmin(plane, id);
});
afterAll(() => stop());
afterEach(async () => {
  for (const id of ['user_ann', 'user_ben', 'user_cleo']) await setStatus(plane, id, 'active');
  for (const one of await openRequests(platformScope(plane), now)) await withdraw(one);
});

const as = (by: string, at: Date = now) => contextOf(plane, by, at);
const asked = (what: Requested = wholeFeed) => ask(as('user_ann'), plane, what);
const approve = ({ id: approvalId, hash }: Approval, by = 'user_ben', at = now) =>
  approveRequest(as(by, at), { approvalId, hash, session: fresh }, plane);
const begin = ({ id: approvalId }: Approval, at = now) =>
  beginApproved(as('user_ann', at), { ...wholeFeed, approvalId }, plane);
const stored = ({ id }: Approval) => requireRequest(platformScope(plane), id);
const refuse = ({ id }: Approval, by = 'user_ben', at = now) =>
  refuseRequest(as(by, at), { approvalId: id, reason: 'No.' });
const withdraw = ({ id }: Approval, by = 'user_ann', at = now) =>
  withdrawRequest(as(by, at), { approvalId: id, reason: 'A mistake.' });

/** The action and the actor of the last change, for the audit log. */
async function lastChange({ id }: Approval): Promise<readonly [action: string, by: string]> {
  const Key = { pk: 'platform#approval', sk: id };
  const { Item } = await plane.client.send(new GetCommand({ TableName: plane.table, Key }));
  return [Item?.changed?.action, Item?.changed?.by];
}

describe('each step of a request', () => {
  it('is stored as it is answered, in the name of who made it', async () => {
    const announce = vi.fn();
    const made = await requestApproval(
      as('user_ann'),
      { ...wholeFeed, reason: 'It is needed.', session: fresh },
      { plane, announce },
    );
    // There are other super admins, so no one is notified of a waiting period.
    expect(announce).not.toHaveBeenCalled();
    expect(made).toMatchObject({ touches: {}, reason: 'It is needed.', createdAt: now.toISOString() });
    expect(made.requestedBy).toEqual({
      ...{ userId: 'user_ann', name: 'user_ann' },
      ...{ factor: 'second', at: now.toISOString() },
    });
    expect(await lastChange(made)).toEqual(['approval.requested', 'user_ann']);

    const approved = await approve(made, 'user_ben', later(5));
    expect(approved).toMatchObject({ openUntil: later(29).toISOString(), updatedAt: later(5).toISOString() });
    expect(await stored(made)).toEqual(approved);
    expect(await lastChange(made)).toEqual(['approval.approved', 'user_ben']);

    const begun = await begin(approved, later(6));
    expect(begun).toMatchObject({ carriedOutAt: later(6).toISOString(), updatedAt: later(6).toISOString() });
    expect(await stored(made)).toEqual(begun);
    expect(await lastChange(made)).toEqual(['approval.carried-out', 'user_ann']);
  });

  it.each([
    ['refused by another', refuse, 'user_ben', 'approval.refused'],
    ['withdrawn by the requester', withdraw, 'user_ann', 'approval.withdrawn'],
  ] as const)('is the last once it is %s', async (_, end, by, action) => {
    const made = await asked();
    const ended = await end(made, by, later(1));
    expect(ended).toMatchObject({
      ...{
        endedBy: { id: by, name: by },
        endedAt: later(1).toISOString(),
        updatedAt: later(1).toISOString(),
      },
    });
    expect(await stored(made)).toEqual(ended);
    expect(await lastChange(made)).toEqual([action, by]);
    for (const next of [refuse, withdraw, approve])
      await expect(next(made, next === withdraw ? 'user_ann' : 'user_ben')).rejects.toMatchObject({
        reason: 'approval_ended',
      });
  });

  it('takes an active super admin, and ends with its day', async () => {
    const made = await asked();
    for (const step of [refuse, withdraw, approve])
      await expect(step(made, 'user_nobody')).rejects.toMatchObject({ reason: 'not_an_active_super_admin' });
    for (const step of [refuse, approve])
      await expect(step(made, 'user_ben', later(24))).rejects.toMatchObject({ reason: 'approval_ended' });
    await expect(withdraw(made, 'user_ann', later(24))).rejects.toMatchObject({ reason: 'approval_ended' });
    const never = ApprovalId.parse(`apr_${'0'.repeat(26)}`);
    await expect(approve({ ...made, id: never })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is one approval: who comes later approves nothing more', async () => {
    const approved = await approve(await asked());
    await expect(approve(approved, 'user_cleo')).rejects.toMatchObject({ reason: 'approval_ended' });
    expect((await stored(approved)).approvedBy?.userId).toBe('user_ben');
  });

  it('is begun again for a quarter of an hour, and not at its end', async () => {
    const approved = await approve(await asked());
    const begun = await begin(approved);
    expect(await begin(approved, later(0.249))).toEqual(begun);
    await expect(begin(approved, later(0.25))).rejects.toMatchObject({ reason: 'approval_used' });
  });
});

describe('what a request is about', () => {
  it('is an address that nobody has: once somebody has it, the request is void', async () => {
    const made = await asked(newAdmin('user-finn@aligno.example'));
    expect(made.touches).toEqual({ 'email/user-finn@aligno.example': 0 });
    await putInSuperAdmin(plane, 'user_finn');
    await expect(approve(made)).rejects.toMatchObject({ reason: 'approval_void' });
    expect(await stored(made)).toMatchObject({ status: 'voided', endReason: 'changed' });
    expect(await lastChange(made)).toEqual(['approval.voided', 'user_ben']);
  });

  it('is a support access as it is now', async () => {
    const { organization } = await found(plane, 'Supported');
    const scope = withinOrganization(plane, organization.id);
    const opening = { reason: 'Ticket 1', minutes: 60, mode: 'read' } as const;
    const { id } = await openSupportAccess({ ...as('user_ann'), scope }, 'reasoned', opening);
    const input = { organizationId: organization.id, supportAccessId: id, minutes: 60 };
    const made = await asked({ kind: 'support-access.extend', input });
    expect(made.touches).toEqual({ [`support-access/${id}`]: 1 });
  });

  it('is void when it is gone, and only waits when it can’t be read', async () => {
    const { organization } = await found(plane, 'Vanishing');
    const input = { organizationId: organization.id };
    const made = await asked({ kind: 'organization.remove-data', input });
    const partition = `${organization.id}#organization`;
    await expect(without(plane, partition, () => approve(made))).rejects.toThrow('the table is away');
    expect((await stored(made)).status).toBe('waiting');
    await plane.client.send(
      new DeleteCommand({ TableName: plane.table, Key: { pk: partition, sk: 'profile' } }),
    );
    await expect(approve(made)).rejects.toMatchObject({ reason: 'approval_void' });
    expect(await stored(made)).toMatchObject({ status: 'voided', endReason: 'changed' });
  });

  it.each([
    ['input', { ...wholeFeed.input, from: '2020-01-01T00:00:00.000Z' }],
    ['input', {}],
    ['kind', 'organization.remove-data'],
    ['touches', { 'organization/x': 1 }],
  ])('isn’t approved when somebody has changed its %s in the table: %j', async (attribute, value) => {
    const made = await asked();
    await tamper(plane, made, attribute, value);
    await expect(approve(made)).rejects.toMatchObject({ reason: 'approval_void' });
    expect((await stored(made)).endReason).toBe('another_input');
  });
});

describe('what happens between reading and writing', () => {
  const gone = (userId: string) => () => setStatus(plane, userId, 'deactivated');

  it.each([
    ['the approver', 'user_ben', 'not_an_active_super_admin'],
    ['the requester', 'user_ann', 'approval_void'],
  ])('is seen by an approval: %s is deactivated', async (_, who, reason) => {
    const made = await asked();
    meanwhile(plane, gone(who));
    await expect(approve(made)).rejects.toMatchObject({ reason });
    expect((await stored(made)).status).toBe('waiting');
  });

  it.each(['user_ann', 'user_ben'])('is seen by a beginning: %s is deactivated', async (who) => {
    const approved = await approve(await asked());
    meanwhile(plane, gone(who));
    await expect(begin(approved)).rejects.toMatchObject({ reason: 'approval_void' });
    expect((await stored(approved)).status).toBe('approved');
  });

  it('is seen by each step: a withdrawal comes first', async () => {
    for (const step of [approve, refuse]) {
      const made = await asked();
      meanwhile(plane, () => withdraw(made));
      await expect(step(made)).rejects.toMatchObject({ reason: 'approval_ended' });
      expect((await stored(made)).status).toBe('withdrawn');
    }
    const approved = await approve(await asked());
    meanwhile(plane, () => withdraw(approved));
    await expect(begin(approved)).rejects.toMatchObject({ reason: 'approval_ended' });
    expect((await stored(approved)).status).toBe('withdrawn');
  });

  it('was before an approval: its requester isn’t there any more', async () => {
    const made = await asked();
    await setStatus(plane, 'user_ann', 'deactivated');
    await expect(approve(made)).rejects.toMatchObject({ reason: 'approval_void' });
    expect(await stored(made)).toMatchObject({ status: 'voided', endReason: 'requester_gone' });
  });

  it('leaves a requester alone, who gains nothing by it: a wait counts only if it was one from the start', async () => {
    const made = await asked();
    for (const id of ['user_ben', 'user_cleo']) await setStatus(plane, id, 'deactivated');
    for (const at of [now, later(23)])
      await expect(begin(made, at)).rejects.toMatchObject({ reason: 'approval_pending' });
  });

  it('was before a beginning: its approver isn’t there any more', async () => {
    const approved = await approve(await asked());
    await setStatus(plane, 'user_ben', 'deactivated');
    await expect(begin(approved)).rejects.toMatchObject({ reason: 'approval_void' });
    expect(await stored(approved)).toMatchObject({ status: 'voided', endReason: 'approver_gone' });
  });
});

describe('the run over open requests', () => {
  const person = (id: string) =>
    ({ outcome: 'found', userId: UserId.parse(id), name: id, twoFactor: true }) as const;
  const dora = person('user_dora');
  const nothing = { expired: 0, carriedOut: 0, failures: [] };

  it('closes what is over, in the function’s name, and leaves alone what had ended', async () => {
    const { provider } = providerOf(() => dora);
    const [waiting, approved] = [await asked(), await approve(await asked())];
    const [refused, begun] = [await refuse(await asked()), await begin(await approve(await asked()))];
    const run = (at: Date) => keepApprovals({ plane, provider }, at);
    expect(await run(later(23.9))).toEqual(nothing);
    expect(await stored(waiting)).toEqual(waiting);
    expect(await run(later(24))).toEqual({ ...nothing, expired: 2 });
    for (const one of [waiting, approved]) {
      const ended = await stored(one);
      expect(ended).toMatchObject({ status: 'expired', endedBy: { id: 'system:approvals' } });
      expect(ended).not.toHaveProperty('endReason');
      expect(await lastChange(one)).toEqual(['approval.expired', 'system:approvals']);
    }
    expect(await stored(refused)).toEqual(refused);
    expect(await stored(begun)).toEqual(begun);
    expect(await run(later(25))).toEqual(nothing);
  });

  it('has nothing to do with what nobody has approved yet, and carries out once what somebody has', async () => {
    const { provider, linked } = providerOf(() => dora);
    const run = (at: Date) => keepApprovals({ plane, provider }, at);
    const made = await asked(newAdmin('dora@aligno.example'));
    expect(await run(now)).toEqual(nothing);
    await approve(made);
    expect(await run(now)).toEqual({ ...nothing, carriedOut: 1 });
    expect(await run(later(1))).toEqual(nothing);
    expect(linked).toEqual(['user_dora']);
  });

  it('tells what failed, goes on with the others, and calls nothing a failure that somebody ended', async () => {
    const [one, other] = [
      await approve(await asked(newAdmin('emma@aligno.example'))),
      await approve(await asked(newAdmin('emil@aligno.example'))),
    ];
    const away = new AppError('identity_unavailable', 'away');
    const provider = {
      ...providerOf(() => dora).provider,
      find: async (id: ApprovalId) => {
        if (id === other.id) throw away;
        return person('user_emma');
      },
    };
    expect(await keepApprovals({ plane, provider }, now)).toEqual({
      ...nothing,
      carriedOut: 1,
      failures: [away],
    });
    expect((await stored(one)).status).toBe('carried_out');
    const late = { ...provider, find: async () => person('user_emil') };
    meanwhile(plane, () => withdraw(other));
    expect(await keepApprovals({ plane, provider: late }, now)).toEqual(nothing);
    expect((await stored(other)).status).toBe('withdrawn');
  });
});
