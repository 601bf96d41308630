import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Beginning, beginApproved } from '../../../domain/approval/begin-approved.ts';
import { approveRequest } from '../../../domain/approval/decide-request.ts';
import { ApprovalId } from '../../../domain/ids.ts';
import { findVisit } from '../../../domain/support-access/find-support-access.ts';
import {
  extendSupportAccess,
  narrowSupportAccess,
  openSupportAccess,
} from '../../../domain/support-access/manage-support-access.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { ask, contextOf, countPlatform, fresh, putInSuperAdmin } from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { meanwhile } from './support/meanwhile.ts';
import { asked, inMinutes, iso, operatorId, toChange, visited } from './support/support-access.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const visitOf = (scope: OrganizationScope, minutes: number) =>
  findVisit(scope, operatorId, inMinutes(minutes));

describe('more than eight hours', () => {
  const approvalId = ApprovalId.parse(`apr_${'0'.repeat(26)}`);

  it('take an approval, and whoever can begin it', async () => {
    const { scope, support } = await visited(plane, 'Approved');
    const { id } = await openSupportAccess(support(), 'reasoned', { ...asked, minutes: 480 });
    const begun: object[] = [];
    const begin = async (beginning: object) => {
      begun.push(beginning);
      return Object.assign(Object.create(null), { touches: { [`support-access/${id}`]: 1 } });
    };
    const more = { reason: 'Still not found', minutes: 60 };
    const needed = { reason: 'lengthening_needs_approval' };
    await expect(extendSupportAccess(support(1), id, more, begin)).rejects.toMatchObject(needed);
    await expect(extendSupportAccess(support(1), id, { ...more, approvalId })).rejects.toMatchObject(needed);
    expect(begun).toEqual([]);
    const longer = await extendSupportAccess(support(1), id, { ...more, approvalId }, begin);
    expect(longer.until).toBe(iso(540));
    expect(await visitOf(scope, 539)).toMatchObject({ until: iso(540) });
    expect(begun).toHaveLength(1);
  });

  it('take one approval each time, though it can be begun again for a while, and none that was given before an admin narrowed it', async () => {
    await countPlatform(plane);
    for (const who of ['user_root', 'user_second']) await putInSuperAdmin(plane, who);
    const as = (who: string, minutes: number) => contextOf(plane, who, inMinutes(minutes));
    const { scope, admin, support } = await visited(plane, 'Once');
    const { organizationId } = scope;
    const opened = await openSupportAccess(support(), 'reasoned', { ...toChange, minutes: 480 });
    const { id: supportAccessId } = opened;
    const approved = async (minutes: number) => {
      const input = { organizationId, supportAccessId, minutes: 60 };
      const asking = { kind: 'support-access.extend', input } as const;
      const made = await ask(as('user_root', minutes), plane, asking);
      const given = { approvalId: made.id, hash: made.hash, session: fresh };
      await approveRequest(as('user_second', minutes), given, plane);
      const begin = (beginning: Beginning) => beginApproved(as('user_root', minutes), beginning, plane);
      const extension = { reason: 'Still not found', minutes: 60, approvalId: made.id };
      return () => extendSupportAccess(support(minutes), supportAccessId, extension, begin);
    };
    const extend = await approved(1);
    expect((await extend()).until).toBe(iso(540));
    await expect(extend()).rejects.toMatchObject({ reason: 'approval_void' });
    const late = await approved(2);
    meanwhile(plane, async () => {
      meanwhile(plane, () => narrowSupportAccess(admin(2), supportAccessId, { mode: 'read' }));
    });
    await expect(late()).rejects.toMatchObject({ reason: 'collided' });
    await expect(late()).rejects.toMatchObject({ reason: 'approval_void' });
    expect(await visitOf(scope, 539)).toMatchObject({ mode: 'read', until: iso(540) });
  });

  it('aren’t taken by the operator alone once an admin has shortened it', async () => {
    const { scope, admin, support } = await visited(plane, 'Shortened');
    const emergency = { ...asked, isEmergency: true };
    const { id } = await openSupportAccess(support(), 'consented', emergency);
    const more = { reason: 'Still not found', minutes: 60 };
    expect((await extendSupportAccess(support(1), id, more)).until).toBe(iso(120));
    await narrowSupportAccess(admin(2), id, { minutes: 10 });
    await expect(extendSupportAccess(support(3), id, more)).rejects.toMatchObject({
      reason: 'shortened_is_not_extended',
    });
    expect(await visitOf(scope, 11)).toMatchObject({ until: iso(12) });
  });

  it('take none for what is less in all', async () => {
    const { support } = await visited(plane, 'Shorter');
    const { id } = await openSupportAccess(support(), 'reasoned', asked);
    const begin = async () => expect.unreachable('no approval is needed');
    const extension = { reason: 'Soon', minutes: 420, approvalId };
    expect((await extendSupportAccess(support(1), id, extension, begin)).until).toBe(iso(480));
  });
});
