import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../../domain/approval/approval.schema.ts';
import { beginApproved } from '../../../domain/approval/begin-approved.ts';
import { approveRequest, refuseRequest, withdrawRequest } from '../../../domain/approval/decide-request.ts';
import { asOf, openRequests, requestsAfter, requireRequest } from '../../../domain/approval/find-approval.ts';
import { keepApprovals } from '../../../domain/approval/keep-approvals.ts';
import { requestApproval } from '../../../domain/approval/request-approval.ts';
import { requireApproval } from '../../../domain/approval/require-approval.ts';
import { updateOrganization } from '../../../domain/organization/update-organization.ts';
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
  wholeFeedAs,
} from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, superAdmin } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  await countPlatform(plane);
  for (const id of ['user_ann', 'user_ben', 'user_cleo']) await putInSuperAdmin(plane, id);
});
afterAll(() => stop());

const as = (by: string, at: Date = now) => contextOf(plane, by, at);
const askExport = () => ask(as('user_ann'), plane, wholeFeed);
const approve = ({ id: approvalId, hash }: Approval, by = 'user_ben', at = now) =>
  approveRequest(as(by, at), { approvalId, hash, session: fresh }, plane);
const begin = ({ id: approvalId }: Approval, asked = wholeFeed, by = 'user_ann', at = now) =>
  beginApproved(as(by, at), { ...asked, approvalId }, plane);

describe('a request', () => {
  it('is made by a super admin, with its exact input, for a day', async () => {
    const made = await askExport();
    expect(made).toMatchObject({
      ...wholeFeed,
      status: 'waiting',
      requestedBy: { userId: 'user_ann', factor: 'second' },
      openUntil: later(24).toISOString(),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(made.waitsUntil).toBeUndefined();
    expect(await requireRequest(platformScope(plane), made.id)).toEqual(made);
  });

  it.each([
    ['by somebody who is no super admin', 'user_nobody', {}, fresh, 'forbidden'],
    ['by somebody who acts as a super admin', 'user_ann', { impersonatedBy: 'user_eve' }, fresh, 'forbidden'],
    [
      'with a confirmation of ten minutes ago',
      'user_ann',
      {},
      { factorAges: [0, 10] },
      'reverification_required',
    ],
    [
      'with a token that tells of no factors',
      'user_ann',
      {},
      { factorAges: undefined },
      'reverification_required',
    ],
  ] as const)('is refused %s', async (_, by, more, session, code) => {
    const asked = { ...wholeFeed, reason: 'It is needed.', session };
    await expect(
      requestApproval(contextOf(plane, by, now, more), asked, { plane, announce: () => {} }),
    ).rejects.toMatchObject({ code });
  });

  it('is refused for somebody who is a super admin already', async () => {
    await expect(ask(as('user_ann'), plane, newAdmin('user-ben@aligno.example'))).rejects.toMatchObject({
      code: 'already_exists',
    });
  });

  it('reads as expired once its day is over, before the schedule has closed it', async () => {
    const made = await askExport();
    expect(asOf(made, later(24)).status).toBe('expired');
    await expect(approve(made, 'user_ben', later(24))).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('an approval', () => {
  it('is by another super admin, who confirmed that it is them', async () => {
    const approved = await approve(await askExport());
    expect(approved).toMatchObject({
      status: 'approved',
      approvedBy: { userId: 'user_ben', factor: 'second' },
      revision: 2,
    });
  });

  it('is never by the requester', async () => {
    await expect(approve(await askExport(), 'user_ann')).rejects.toMatchObject({ reason: 'own_request' });
  });

  it('is refused to somebody who was shown something else, or confirmed too long ago', async () => {
    const made = await askExport();
    await expect(approve({ ...made, hash: '0'.repeat(64) })).rejects.toMatchObject({
      reason: 'shown_differently',
    });
    const session = { factorAges: [0, 30] } as const;
    await expect(
      approveRequest(as('user_ben'), { approvalId: made.id, hash: made.hash, session }, plane),
    ).rejects.toMatchObject({ code: 'reverification_required' });
    const acting = contextOf(plane, 'user_ben', now, { impersonatedBy: 'user_ann' });
    await expect(
      approveRequest(acting, { approvalId: made.id, hash: made.hash, session: fresh }, plane),
    ).rejects.toMatchObject({ reason: 'not_while_impersonating' });
  });

  it('is given once: of two at the same moment one comes too late', async () => {
    const made = await askExport();
    const both = await Promise.allSettled([approve(made), approve(made, 'user_cleo')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('voids the request when what it is about has moved', async () => {
    const { organization } = await found(plane, 'Moving');
    const removal = { kind: 'organization.remove-data', input: { organizationId: organization.id } } as const;
    const made = await ask(as('user_ann'), plane, removal);
    expect(made.touches).toEqual({ [`organization/${organization.id}`]: 1 });
    const scope = withinOrganization(plane, organization.id);
    await updateOrganization({ scope, actor: superAdmin, now }, { name: 'Moved', revision: 1 });
    await expect(approve(made)).rejects.toMatchObject({ reason: 'approval_void' });
    expect(await requireRequest(platformScope(plane), made.id)).toMatchObject({
      status: 'voided',
      endReason: 'changed',
    });
  });
});

describe('carrying out', () => {
  it('is for the requester, with exactly what was approved, once', async () => {
    const approved = await approve(await askExport());
    const other = wholeFeedAs('jsonl');
    await expect(begin(approved, other)).rejects.toMatchObject({ reason: 'approval_for_another_input' });
    await expect(begin(approved, wholeFeed, 'user_ben')).rejects.toMatchObject({
      reason: 'approval_of_another',
    });
    expect(await begin(approved)).toMatchObject({ status: 'carried_out', revision: 3 });
  });

  it('is the same when it is repeated at once, and no other later', async () => {
    const approved = await approve(await askExport());
    const first = await begin(approved);
    expect(await begin(approved, wholeFeed, 'user_ann', later(0.2))).toEqual(first);
    await expect(begin(approved, wholeFeed, 'user_ann', later(0.3))).rejects.toMatchObject({
      reason: 'approval_used',
    });
  });

  it('is refused without an approval, and before there is one', async () => {
    const made = await askExport();
    await expect(begin(made)).rejects.toMatchObject({ reason: 'approval_pending' });
    const never = async () => made;
    await expect(requireApproval(never, undefined, wholeFeed)).rejects.toMatchObject({
      code: 'approval_required',
      reason: 'approval_needed',
    });
    const begun: object[] = [];
    const beginning = async (asked: object) => {
      begun.push(asked);
      return made;
    };
    expect(await requireApproval(beginning, made.id, wholeFeed)).toBe(made);
    expect(begun).toEqual([{ ...wholeFeed, approvalId: made.id }]);
  });

  it('is refused a day after the approval', async () => {
    const approved = await approve(await askExport());
    await expect(begin(approved, wholeFeed, 'user_ann', later(24))).rejects.toMatchObject({
      reason: 'approval_ended',
    });
  });

  it.each([
    ['the approver', 'user_ben', 'approver_gone'],
    ['the requester, to the schedule', 'user_ann', 'requester_gone'],
  ])('counts for nothing once %s is deactivated', async (_, who, endReason) => {
    const approved = await approve(
      await ask(as('user_ann'), plane, newAdmin(`${who}@new.example`.replace('_', '-'))),
    );
    await setStatus(plane, who, 'deactivated');
    const { provider, linked } = providerOf(() => ({ outcome: 'invited' }));
    expect(await keepApprovals({ plane, provider }, now)).toMatchObject({ carriedOut: 0 });
    await setStatus(plane, who, 'active');
    expect(await requireRequest(platformScope(plane), approved.id)).toMatchObject({
      status: 'voided',
      endReason,
    });
    expect(linked).toEqual([]);
  });

  it.each([
    ['its input', 'input', { ...wholeFeed.input, from: '2020-01-01T00:00:00.000Z' }],
    ['its kind', 'kind', 'organization.remove-data'],
    ['its revisions', 'touches', { 'organization/x': 1 }],
  ])('is void when somebody has changed %s in the table', async (_, attribute, value) => {
    const approved = await approve(await askExport());
    await tamper(plane, approved, attribute, value);
    await expect(begin(approved)).rejects.toMatchObject({
      code: expect.stringMatching(/approval_required|conflict/),
    });
    expect((await requireRequest(platformScope(plane), approved.id)).status).not.toBe('carried_out');
  });

  it('is void when the requester stands as its approver in the table', async () => {
    const made = await askExport();
    await tamper(plane, made, 'status', 'approved');
    await tamper(plane, made, 'approvedBy', made.requestedBy);
    await expect(begin(made)).rejects.toMatchObject({ reason: 'approval_void' });
  });
});

describe('ending', () => {
  it('is a refusal by another, or a withdrawal by the requester, with a reason', async () => {
    const made = await askExport();
    const reason = 'Not now.';
    const ending = { approvalId: made.id, reason };
    await expect(refuseRequest(as('user_ann'), ending)).rejects.toMatchObject({ reason: 'own_request' });
    await expect(withdrawRequest(as('user_ben'), ending)).rejects.toMatchObject({
      reason: 'request_of_another',
    });
    const refused = await refuseRequest(as('user_ben'), ending);
    expect(refused).toMatchObject({ status: 'refused', endReason: reason, endedBy: { id: 'user_ben' } });
    await expect(withdrawRequest(as('user_ann'), ending)).rejects.toMatchObject({ code: 'conflict' });
    await expect(approve(made)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stops what is approved and not carried out', async () => {
    const approved = await approve(await askExport());
    await withdrawRequest(as('user_ann'), { approvalId: approved.id, reason: 'Not needed.' });
    await expect(begin(approved)).rejects.toMatchObject({ reason: 'approval_ended' });
  });
});

describe('the list', () => {
  beforeEach(async () => {
    for (const one of await openRequests(platformScope(plane), now))
      await withdrawRequest(as(one.requestedBy.userId), { approvalId: one.id, reason: 'Tidy.' });
  });

  it('has what something may become of, newest first, and what is over page by page', async () => {
    const [first, second] = [await askExport(), await ask(as('user_ben', later(1)), plane, wholeFeed)];
    const open = await openRequests(platformScope(plane), later(1));
    expect(open.map(({ id }) => id)).toEqual([second.id, first.id]);
    await refuseRequest(as('user_ben'), { approvalId: first.id, reason: 'No.' });
    const at = { limit: 100, ended: true, now: later(1) };
    const ended = await requestsAfter(platformScope(plane), undefined, at);
    expect(ended.map(({ id }) => id)).toContain(first.id);
    expect(ended.map(({ id }) => id)).not.toContain(second.id);
    const [one] = ended;
    const rest = await requestsAfter(platformScope(plane), one?.id, at);
    expect(rest).toEqual(ended.slice(1));
  });
});
