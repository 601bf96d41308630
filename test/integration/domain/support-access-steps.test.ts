import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../domain/actor.ts';
import { newSupportAccessId } from '../../../domain/ids.ts';
import {
  findCurrent,
  findVisit,
  requireSupportAccess,
  showSupportAccess,
  supportAccessesAfter,
} from '../../../domain/support-access/find-support-access.ts';
import {
  endSupportAccess,
  extendSupportAccess,
  grantSupportAccess,
  narrowSupportAccess,
  openSupportAccess,
  viewAsUser,
} from '../../../domain/support-access/manage-support-access.ts';
import type { SupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import { whileOpen } from '../../../domain/support-access/support-access-writes.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { meanwhile } from './support/meanwhile.ts';
import { join } from './support/people.ts';
import { asked, inMinutes, iso, now, operatorId, toChange, visited } from './support/support-access.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const aDay = 24 * 60;

/** Checks that a step is stored as it was returned, with its action for the audit log. */
async function expectStep(
  scope: OrganizationScope,
  answered: SupportAccess,
  { action, at }: { readonly action: string; readonly at: number },
): Promise<void> {
  const stored = await requireSupportAccess(scope, answered.id);
  expect(showSupportAccess(stored, inMinutes(at))).toEqual(answered);
  expect(stored.changed?.action).toBe(`support-access.${action}`);
  expect(answered.updatedAt).toBe(iso(at));
}

const visitOf = (scope: OrganizationScope, minutes: number) =>
  findVisit(scope, operatorId, inMinutes(minutes));

describe('each step of a support access', () => {
  it('with a reason is stored as it is answered, and holds for the next request', async () => {
    const { scope, admin, support } = await visited(plane, 'Steps');
    const userId = await join(scope, 'seen');
    const opened = await openSupportAccess(support(), 'reasoned', toChange);
    await expectStep(scope, opened, { action: 'opened', at: 0 });
    const { id } = opened;

    const first = await extendSupportAccess(support(1), id, { reason: 'Not found yet', minutes: 30 });
    await expectStep(scope, first, { action: 'extended', at: 1 });
    const longer = await extendSupportAccess(support(2), id, { reason: 'Nearly', minutes: 30 });
    expect(longer.extensions).toEqual([
      { reason: 'Not found yet', at: iso(1), until: iso(90) },
      { reason: 'Nearly', at: iso(2), until: iso(120) },
    ]);
    expect(await visitOf(scope, 119)).toMatchObject({ until: iso(120), mode: 'change', state: 'open' });

    const viewed = await viewAsUser(support(3), id, userId);
    await expectStep(scope, viewed, { action: 'view-started', at: 3 });
    const shorter = await narrowSupportAccess(admin(4), id, { minutes: 60 });
    expect(shorter).toMatchObject({ viewingAs: userId, mode: 'change', until: iso(64) });
    await expectStep(scope, shorter, { action: 'narrowed', at: 4 });
    const back = await viewAsUser(support(5), id, null);
    await expectStep(scope, back, { action: 'view-ended', at: 5 });

    await viewAsUser(support(6), id, userId);
    const ended = await endSupportAccess(support(7), id);
    await expectStep(scope, ended, { action: 'ended', at: 7 });
    expect(await findCurrent(support(7))).toBeNull();
  });

  it('that an admin grants is stored as it is answered, and holds from then on', async () => {
    const { scope, admin, support } = await visited(plane, 'Granted');
    const requested = await openSupportAccess(support(), 'consented', toChange);
    await expectStep(scope, requested, { action: 'requested', at: 0 });
    expect(requested).not.toHaveProperty('from');
    expect(requested).not.toHaveProperty('until');
    const granted = await grantSupportAccess(admin(10), requested.id, {});
    await expectStep(scope, granted, { action: 'granted', at: 10 });
    expect(granted).toMatchObject({ state: 'open', mode: 'change', from: iso(10), until: iso(70) });
    expect(await visitOf(scope, 69)).toMatchObject({ state: 'open', mode: 'change', until: iso(70) });
    expect(await findCurrent(support(10))).toEqual(granted);
  });

  it('is a request taken back by who asked, and declined by an admin', async () => {
    const { scope, admin, support } = await visited(plane, 'TakenBack');
    const first = await openSupportAccess(support(), 'consented', asked);
    const back = await endSupportAccess(support(1), first.id);
    expect(back).toMatchObject({ state: 'ended', endedAt: iso(1), endedBy: { name: 'Sofia' } });
    await expectStep(scope, back, { action: 'ended', at: 1 });
    const second = await openSupportAccess(support(2), 'consented', asked);
    const declined = await endSupportAccess(admin(3), second.id);
    expect(declined).toMatchObject({ state: 'declined', endedBy: { name: 'Ada' } });
    await expectStep(scope, declined, { action: 'declined', at: 3 });
    expect(await visitOf(scope, 3)).toBeNull();
  });

  it('is ended by an admin once it is open, and not declined', async () => {
    const { scope, admin, support } = await visited(plane, 'EndedByAdmin');
    const { id } = await openSupportAccess(support(), 'reasoned', asked);
    const ended = await endSupportAccess(admin(1), id);
    expect(ended).toMatchObject({ state: 'ended', endedBy: { name: 'Ada' } });
    await expectStep(scope, ended, { action: 'ended', at: 1 });
  });

  it('is an emergency only where consent would be needed, and if it is said', async () => {
    const { scope, support } = await visited(plane, 'Urgent');
    const calm = await openSupportAccess(support(), 'reasoned', { ...asked, isEmergency: true });
    expect(calm.isEmergency).toBe(false);
    await expectStep(scope, calm, { action: 'opened', at: 0 });
    await endSupportAccess(support(1), calm.id);
    const waiting = await openSupportAccess(support(2), 'consented', { ...asked, isEmergency: false });
    expect(waiting).toMatchObject({ state: 'requested', isEmergency: false });
  });
});

describe('the time of a support access', () => {
  it('that waits is a day to the millisecond, and ends what can be done with it', async () => {
    const { scope, admin, support } = await visited(plane, 'Lapsing');
    const { id } = await openSupportAccess(support(), 'consented', asked);
    expect(await findVisit(scope, operatorId, inMinutes(aDay, -1))).toMatchObject({ state: 'requested' });
    expect(await visitOf(scope, aDay)).toBeNull();
    const stored = await requireSupportAccess(scope, id);
    expect(showSupportAccess(stored, inMinutes(aDay, -1)).state).toBe('requested');
    expect(showSupportAccess(stored, inMinutes(aDay)).state).toBe('lapsed');
    for (const ending of [admin(aDay), support(aDay)])
      await expect(endSupportAccess(ending, id)).rejects.toMatchObject({ reason: 'support_access_not_open' });
    const granted = await grantSupportAccess({ ...admin(), now: inMinutes(aDay, -1) }, id, { minutes: 1 });
    expect(granted.state).toBe('open');
  });

  it('that was open is over for whoever narrows, lengthens, ends it or views as somebody', async () => {
    const { scope, admin, support } = await visited(plane, 'Expired');
    const { id } = await openSupportAccess(support(), 'reasoned', toChange);
    const late = 60;
    const steps = [
      () => narrowSupportAccess(admin(late), id, { mode: 'read' }),
      () => extendSupportAccess(support(late), id, { reason: 'More', minutes: 1 }),
      () => endSupportAccess(admin(late), id),
      () => viewAsUser(support(late), id, null),
    ];
    for (const step of steps)
      await expect(step()).rejects.toMatchObject({ reason: 'support_access_not_open' });
    const stored = await requireSupportAccess(scope, id);
    expect(showSupportAccess(stored, inMinutes(late)).state).toBe('expired');
  });

  it('that nobody has opened isn’t narrowed or lengthened', async () => {
    const { admin, support } = await visited(plane, 'Waiting');
    const { id } = await openSupportAccess(support(), 'consented', toChange);
    const steps = [
      () => narrowSupportAccess(admin(1), id, { minutes: 5 }),
      () => extendSupportAccess(support(1), id, { reason: 'More', minutes: 1 }),
      () => viewAsUser(support(1), id, null),
    ];
    for (const step of steps)
      await expect(step()).rejects.toMatchObject({ reason: 'support_access_not_open' });
    for (const step of [narrowSupportAccess, grantSupportAccess])
      await expect(step(admin(1), newSupportAccessId(now), {})).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a support access that is narrowed', () => {
  it('is so in every way that was asked for, or not at all', async () => {
    const { scope, admin, support } = await visited(plane, 'Both');
    const { id } = await openSupportAccess(support(), 'reasoned', toChange);
    const narrow = (less: Parameters<typeof narrowSupportAccess>[2]) =>
      narrowSupportAccess(admin(10), id, less);
    for (const less of [{}, { mode: 'read', minutes: 60 }, { minutes: 50 }] as const)
      await expect(narrow(less)).rejects.toMatchObject({ reason: 'narrows_nothing' });
    expect(await narrow({ minutes: 40 })).toMatchObject({ mode: 'change', until: iso(50) });
    expect(await narrow({ mode: 'read', minutes: 20 })).toMatchObject({ mode: 'read', until: iso(30) });
    expect(await visitOf(scope, 11)).toMatchObject({ mode: 'read', until: iso(30) });
  });
});

describe('what an operator may do', () => {
  it('is nobody else’s: a step that comes late leaves the next support access alone', async () => {
    const { scope, admin, support } = await visited(plane, 'Replaced');
    const first = await openSupportAccess(support(), 'reasoned', toChange);
    const second = await openSupportAccess(support(60), 'reasoned', toChange);
    const steps = [
      () => narrowSupportAccess(admin(59), first.id, { mode: 'read' }),
      () => extendSupportAccess(support(59), first.id, { reason: 'More', minutes: 1 }),
      () => viewAsUser(support(59), first.id, null),
      () => endSupportAccess(admin(59), first.id),
    ];
    for (const step of steps)
      await expect(step()).rejects.toMatchObject({ reason: 'support_access_not_open' });
    expect(await visitOf(scope, 61)).toMatchObject({
      ...{ supportAccessId: second.id, mode: 'change', until: iso(120) },
    });
  });

  it('collides where two change it at once', async () => {
    const { admin, support } = await visited(plane, 'Colliding');
    const { id } = await openSupportAccess(support(), 'reasoned', toChange);
    meanwhile(plane, () => extendSupportAccess(support(1), id, { reason: 'More', minutes: 1 }));
    await expect(narrowSupportAccess(admin(1), id, { mode: 'read' })).rejects.toMatchObject({
      reason: 'collided',
    });
  });

  it('is written on the condition that this one is open, and another doesn’t count', async () => {
    const { scope, support } = await visited(plane, 'Held');
    const hold = (supportAccessId: SupportAccess['id']) =>
      transact(scope, [whileOpen(scope, { operatorId, supportAccessId })()]);
    const over = { code: 'forbidden', reason: 'support_access_over' };
    const waits = await openSupportAccess(support(), 'consented', toChange);
    await expect(hold(waits.id)).rejects.toMatchObject(over);
    await endSupportAccess(support(), waits.id);
    const first = await openSupportAccess(support(), 'reasoned', toChange);
    await hold(first.id);
    await endSupportAccess(support(), first.id);
    const second = await openSupportAccess(support(), 'reasoned', toChange);
    await hold(second.id);
    await expect(hold(first.id)).rejects.toMatchObject(over);
  });

  it('isn’t asked of who is no person', async () => {
    const { scope } = await visited(plane, 'Schedules');
    expect(await findCurrent({ scope, actor: systemActor('approvals', 'request-1'), now })).toBeNull();
  });

  it('is a view as who is active', async () => {
    const { scope, admin, support } = await visited(plane, 'Inactive');
    const userId = await join(scope, 'away');
    const { revision } = await requireUser(scope, userId);
    await updateUser(admin(), { userId, status: 'deactivated', revision });
    const { id } = await openSupportAccess(support(), 'reasoned', asked);
    await expect(viewAsUser(support(1), id, userId)).rejects.toMatchObject({ reason: 'cannot_view_as' });
  });
});

describe('the list of support accesses', () => {
  it('is cut at its limit', async () => {
    const { scope, support } = await visited(plane, 'Listed');
    for (const at of [0, 60, 120]) await openSupportAccess(support(at), 'reasoned', asked);
    const ids = (await supportAccessesAfter(scope, undefined, 3)).map(({ supportAccessId: id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect((await supportAccessesAfter(scope, undefined, 2)).map(({ supportAccessId: id }) => id)).toEqual(
      ids.slice(0, 2),
    );
  });
});
