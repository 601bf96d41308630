import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import type { Context } from '../../../domain/context.ts';
import { ApprovalId, newSupportAccessId, UserId } from '../../../domain/ids.ts';
import {
  findCurrent,
  findVisit,
  requireSupportAccess,
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
import { NewSupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import { whileOpen } from '../../../domain/support-access/support-access-writes.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { teamsAfter } from '../../../domain/team/list-teams.ts';
import { startControlPlane } from './support/control-plane.ts';
import { join, organizationOf } from './support/people.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const operatorId = UserId.parse('user_root');
const operator: Actor = { by: operatorId, name: 'Sofia', role: 'super_admin', requestId: 'request-1' };
const asked = { reason: 'Ticket 1', minutes: 60, mode: 'read' } as const;
const toChange = { ...asked, mode: 'change', changeReason: 'The target is wrong.' } as const;
const now = new Date();
const inMinutes = (minutes: number, milliseconds = 0) =>
  new Date(now.getTime() + minutes * 60_000 + milliseconds);

const allTeams = (scope: OrganizationScope) => teamsAfter(scope, { position: undefined, limit: 10 });

/** An organization with the context of the operator and of its admin, at a time. */
async function visited(name: string) {
  const { scope, actor } = await organizationOf(plane, name);
  const by =
    (who: Actor) =>
    (at: Date): Context => ({ scope, actor: who, now: at });
  return { scope, admin: by({ ...actor, name: 'Ada' }), support: by(operator) };
}

describe('support access with a reason', () => {
  it('is open at once, for as long as was said: to the millisecond', async () => {
    const { scope, support } = await visited('Timed');
    const opened = await openSupportAccess(support(now), 'reasoned', asked);
    expect(opened).toMatchObject({
      ...{ state: 'open', from: now.toISOString(), until: inMinutes(60).toISOString(), isEmergency: false },
      operator: { id: 'user_root', name: 'Sofia' },
    });
    expect(await findVisit(scope, operatorId, inMinutes(60, -1))).toMatchObject({
      state: 'open',
      mode: 'read',
    });
    expect(await findVisit(scope, operatorId, inMinutes(60))).toBeNull();
    expect((await findCurrent(support(inMinutes(60, -1))))?.state).toBe('open');
    expect(await findCurrent(support(inMinutes(60)))).toBeNull();
  });

  it('is one at a time; when it has run out, there may be another', async () => {
    const { scope, support } = await visited('Single');
    await openSupportAccess(support(now), 'reasoned', asked);
    const again = (at: Date) => openSupportAccess(support(at), 'reasoned', asked);
    await expect(again(inMinutes(59))).rejects.toMatchObject({ reason: 'support_access_open_already' });
    await again(inMinutes(60));
    const all = await supportAccessesAfter(scope, undefined, 10);
    expect(all).toHaveLength(2);
    expect(await supportAccessesAfter(scope, all[0]?.supportAccessId, 10)).toEqual(all.slice(1));
  });

  it('isn’t needed at a stage that is open', async () => {
    const { support } = await visited('Free');
    const opening = openSupportAccess(support(now), 'open', asked);
    await expect(opening).rejects.toMatchObject({ reason: 'support_access_not_needed' });
  });

  it('has a reason, a reason to change anything, and at most 8 hours', () => {
    const problem = (input: object) => NewSupportAccess.safeParse({ ...asked, ...input }).success;
    expect(problem({})).toBe(true);
    expect(problem({ reason: ' ' })).toBe(false);
    expect(problem({ minutes: 480 })).toBe(true);
    expect(problem({ minutes: 481 })).toBe(false);
    expect(problem({ mode: 'change' })).toBe(false);
    expect(problem({ mode: 'change', changeReason: 'To mend it.' })).toBe(true);
  });

  it('is lengthened for a new reason, up to 8 hours in total, and by its operator only', async () => {
    const { support, admin } = await visited('Longer');
    const { id } = await openSupportAccess(support(now), 'reasoned', asked);
    const longer = (minutes: number, ctx = support(inMinutes(30))) =>
      extendSupportAccess(ctx, id, { reason: 'Not found yet', minutes });
    expect(await longer(60)).toMatchObject({
      until: inMinutes(120).toISOString(),
      extensions: [{ reason: 'Not found yet', until: inMinutes(120).toISOString() }],
    });
    expect(await longer(360)).toMatchObject({ until: inMinutes(480).toISOString() });
    await expect(longer(1)).rejects.toMatchObject({ reason: 'lengthening_needs_approval' });
    const { organizationId } = support(now).scope;
    const begun: object[] = [];
    const begin = async (beginning: object) => {
      begun.push(beginning);
      throw new Error('not approved');
    };
    const approvalId = ApprovalId.parse(`apr_${'0'.repeat(26)}`);
    const extension = { reason: 'Not found yet', minutes: 1, approvalId };
    await expect(extendSupportAccess(support(inMinutes(30)), id, extension, begin)).rejects.toThrow(
      'approved',
    );
    const input = { organizationId, supportAccessId: id, minutes: 1 };
    expect(begun).toEqual([{ kind: 'support-access.extend', input, approvalId }]);
    await expect(longer(1, admin(inMinutes(30)))).rejects.toMatchObject({
      reason: 'support_access_of_another',
    });
    await expect(longer(1, support(inMinutes(480)))).rejects.toMatchObject({
      reason: 'support_access_not_open',
    });
  });

  it('is ended by its operator and by an admin, and then is over at once', async () => {
    const { scope, support, admin } = await visited('Ended');
    const first = await openSupportAccess(support(now), 'reasoned', asked);
    expect(await endSupportAccess(support(inMinutes(1)), first.id)).toMatchObject({
      ...{ state: 'ended', endedAt: inMinutes(1).toISOString(), endedBy: { name: 'Sofia' } },
    });
    expect(await findVisit(scope, operatorId, inMinutes(1))).toBeNull();
    const second = await openSupportAccess(support(inMinutes(2)), 'reasoned', asked);
    expect(await endSupportAccess(admin(inMinutes(3)), second.id)).toMatchObject({
      endedBy: { name: 'Ada' },
    });
    await expect(endSupportAccess(admin(inMinutes(4)), second.id)).rejects.toMatchObject({
      reason: 'support_access_not_open',
    });
    const stranger = { ...support(inMinutes(3)), actor: { ...operator, by: 'user_other' } };
    await expect(endSupportAccess(stranger, first.id)).rejects.toMatchObject({
      reason: 'support_access_of_another',
    });
    await expect(endSupportAccess(admin(now), newSupportAccessId(now))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is narrowed by an admin: sooner over, or reading only, and never more', async () => {
    const { scope, support, admin } = await visited('Narrow');
    const { id } = await openSupportAccess(support(now), 'reasoned', toChange);
    const narrow = (less: Parameters<typeof narrowSupportAccess>[2]) =>
      narrowSupportAccess(admin(inMinutes(10)), id, less);
    expect(await narrow({ mode: 'read' })).toMatchObject({
      mode: 'read',
      until: inMinutes(60).toISOString(),
    });
    expect(await narrow({ minutes: 20 })).toMatchObject({ until: inMinutes(30).toISOString() });
    expect(await findVisit(scope, operatorId, inMinutes(29))).toMatchObject({ mode: 'read' });
    expect(await findVisit(scope, operatorId, inMinutes(30))).toBeNull();
    for (const less of [{ mode: 'read' }, { minutes: 20 }, { minutes: 30 }] as const)
      await expect(narrow(less)).rejects.toMatchObject({ reason: 'narrows_nothing' });
  });

  it('is ended once, of ten who do so at the same moment', async () => {
    const { support, admin } = await visited('Crowded');
    const { id } = await openSupportAccess(support(now), 'reasoned', asked);
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, () => endSupportAccess(admin(inMinutes(1)), id)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('support access that an admin grants', () => {
  it('waits for that, and is open from then on, for no more than was asked', async () => {
    const { scope, support, admin } = await visited('Granting');
    const { id, state } = await openSupportAccess(support(now), 'consented', toChange);
    expect(state).toBe('requested');
    expect(await findVisit(scope, operatorId, now)).toMatchObject({ state: 'requested' });
    const grant = (granted: Parameters<typeof grantSupportAccess>[2], at = inMinutes(5)) =>
      grantSupportAccess(admin(at), id, granted);
    await expect(grant({ minutes: 61 })).rejects.toMatchObject({ reason: 'grants_more_than_requested' });
    expect(await grant({ mode: 'read', minutes: 30 })).toMatchObject({
      ...{
        state: 'open',
        mode: 'read',
        from: inMinutes(5).toISOString(),
        until: inMinutes(35).toISOString(),
      },
      grantedBy: { name: 'Ada' },
    });
    await expect(grant({})).rejects.toMatchObject({ reason: 'support_access_not_requested' });
    const longer = extendSupportAccess(support(inMinutes(6)), id, { reason: 'More', minutes: 10 });
    await expect(longer).rejects.toMatchObject({ reason: 'granted_is_not_extended' });
  });

  it('isn’t granted beyond reading where only that was asked for', async () => {
    const { support, admin } = await visited('Modest');
    const { id } = await openSupportAccess(support(now), 'consented', asked);
    const more = grantSupportAccess(admin(now), id, { mode: 'change' });
    await expect(more).rejects.toMatchObject({ reason: 'grants_more_than_requested' });
  });

  it('is declined, and lapses after a day without an answer', async () => {
    const { support, admin } = await visited('Declined');
    const first = await openSupportAccess(support(now), 'consented', asked);
    expect(await endSupportAccess(admin(inMinutes(1)), first.id)).toMatchObject({ state: 'declined' });
    const { id } = await openSupportAccess(support(inMinutes(2)), 'consented', asked);
    const late = inMinutes(24 * 60 + 2);
    await expect(grantSupportAccess(admin(late), id, {})).rejects.toMatchObject({
      reason: 'support_access_not_requested',
    });
    expect(await openSupportAccess(support(late), 'consented', asked)).toMatchObject({ state: 'requested' });
  });

  it('doesn’t wait in an emergency, which it says that it is', async () => {
    const { support, scope } = await visited('Emergency');
    const urgent = { ...asked, isEmergency: true };
    const { id, ...opened } = await openSupportAccess(support(now), 'consented', urgent);
    expect(opened).toMatchObject({ state: 'open', isEmergency: true });
    expect((await requireSupportAccess(scope, id)).changed).toMatchObject({
      ...{ action: 'support-access.emergency-opened', supportAccess: id },
    });
  });
});

describe('a view as a user', () => {
  it('is of an active user of the organization only, and ends with the support access', async () => {
    const { scope, support, admin } = await visited('Viewing');
    const userId = await join(scope, 'viewed');
    const { id } = await openSupportAccess(support(now), 'reasoned', toChange);
    const view = (who: UserId | null) => viewAsUser(support(inMinutes(1)), id, who);
    await expect(view(UserId.parse('user_nobody'))).rejects.toMatchObject({ reason: 'cannot_view_as' });
    expect(await view(userId)).toMatchObject({ viewingAs: userId });
    expect(await findVisit(scope, operatorId, inMinutes(2))).toMatchObject({ viewingAs: userId });
    expect(await view(null)).not.toHaveProperty('viewingAs');
    expect(await findVisit(scope, operatorId, inMinutes(2))).not.toHaveProperty('viewingAs');
    await expect(viewAsUser(admin(inMinutes(1)), id, userId)).rejects.toMatchObject({
      reason: 'support_access_of_another',
    });
    await view(userId);
    expect(await endSupportAccess(support(inMinutes(3)), id)).not.toHaveProperty('viewingAs');
  });
});

describe('what an operator writes', () => {
  /** Creates a team like a request that started while the support access was open. */
  async function writing(name: string, input: NewSupportAccess = toChange, at = now) {
    const organization = await visited(name);
    const { scope, support } = organization;
    const { id } = await openSupportAccess(support(at), 'reasoned', input);
    const held = { ...scope, whileHolds: whileOpen(scope, { operatorId, supportAccessId: id }) };
    const write = () =>
      createTeam(
        { scope: held, actor: { ...operator, supportAccess: id }, now },
        { name: 'Made by support', plan: 'enterprise' },
      );
    return { ...organization, id, write };
  }

  it('is written while the support access is open, and names it', async () => {
    const { scope, write } = await writing('Writing');
    await write();
    expect((await allTeams(scope)).map(({ name }) => name)).toEqual(['Made by support']);
  });

  it.each<[string, (of: Awaited<ReturnType<typeof writing>>) => Promise<unknown>]>([
    ['it was ended', ({ admin, id }) => endSupportAccess(admin(now), id)],
    ['it was narrowed to reading', ({ admin, id }) => narrowSupportAccess(admin(now), id, { mode: 'read' })],
    [
      'a view as a user began',
      async ({ scope, support, id }) => viewAsUser(support(now), id, await join(scope, 'late')),
    ],
  ])('isn’t written, not even in part, when %s during the request', async (_, happen) => {
    const of = await writing(`Late ${_}`.replaceAll(' ', ''));
    await happen(of);
    await expect(of.write()).rejects.toMatchObject({ code: 'forbidden', reason: 'support_access_over' });
    expect(await allTeams(of.scope)).toEqual([]);
  });

  it('isn’t written once it has run out', async () => {
    const { scope, write } = await writing('RanOut', toChange, inMinutes(-60));
    await expect(write()).rejects.toMatchObject({ reason: 'support_access_over' });
    expect(await allTeams(scope)).toEqual([]);
  });

  it('isn’t written by one that reads only, whoever calls the use case', async () => {
    const { write, scope } = await writing('Reader', asked);
    await expect(write()).rejects.toMatchObject({ reason: 'support_access_over' });
    expect(await allTeams(scope)).toEqual([]);
  });
});
