import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newInvitationId, UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { resendInvitation } from '../../../domain/invitation/resend-invitation.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { createOrganization } from '../../../domain/organization/create-organization.ts';
import { type ControlPlane, platformScope } from '../../../domain/table/scope.ts';
import { snapshotsBetween, takeSnapshot } from '../../../domain/usage/take-snapshot.ts';
import { recordIdentity } from '../../../domain/user/webhook-records.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import {
  found as foundIn,
  now,
  onPlan,
  request,
  resendingOf,
  sender,
  superAdmin,
} from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});

afterAll(() => stop());

const found = (name: string) => foundIn(plane, name);

const itemCount = async () =>
  (await plane.client.send(new ScanCommand({ TableName: plane.table, Select: 'COUNT' }))).Count;

describe('creating an organization', () => {
  it('invites its first admin, who becomes a member by accepting', async () => {
    const { organization, scope, invitation } = await found('Nordwind');
    expect(organization).toMatchObject({ status: 'active', counts: { users: 0, pendingInvitations: 1 } });
    expect(invitation).toMatchObject({ role: 'org_admin', status: 'pending', delivery: 'sent' });

    const userId = UserId.parse('user_ada');
    const admission = await acceptInvitation(
      { scope, actor: { ...superAdmin, by: userId }, now },
      { userId, email: invitation.email, invitationId: invitation.id },
      claimsOf(scope),
    );
    expect(admission).toMatchObject({
      admitted: true,
      user: { userId, role: 'org_admin', name: 'Ada Admin' },
    });
    expect((await requireOrganizationWithCounts(scope)).counts).toMatchObject({
      users: 1,
      pendingInvitations: 0,
    });
  });

  it('is refused for a name that is taken, however it is spelled, and writes nothing', async () => {
    await found('Same Name');
    const before = await itemCount();
    await expect(
      createOrganization(
        { scope: platformScope(plane), actor: superAdmin, now },
        { ...request('other'), name: ' SAME   name' },
        sender(),
      ),
    ).rejects.toMatchObject({ code: 'already_exists', fields: [{ path: 'name' }] });
    expect(await itemCount()).toBe(before);
  });
});

describe('an invitation', () => {
  it('makes one member, however often and however much at once it is accepted', async () => {
    const { scope, invitation } = await found('Twice');
    const acceptance = {
      userId: UserId.parse('user_twice'),
      email: invitation.email,
      invitationId: invitation.id,
    };
    const all = await Promise.all(
      Array.from({ length: 5 }, () =>
        acceptInvitation({ scope, actor: superAdmin, now }, acceptance, claimsOf(scope)),
      ),
    );
    expect(all.every(({ admitted }) => admitted)).toBe(true);
    expect((await requireOrganizationWithCounts(scope)).counts).toMatchObject({
      users: 1,
      pendingInvitations: 0,
    });
  });

  it('is of no use to another address, a second person, or after its time', async () => {
    const { scope, invitation } = await found('Refusals');
    const userId = UserId.parse('user_mallory');
    const attempt = (change: object, at = now) =>
      acceptInvitation(
        { scope, actor: superAdmin, now: at },
        { userId, email: invitation.email, invitationId: invitation.id, ...change },
        claimsOf(scope),
      );
    expect(await attempt({ email: 'mallory@example.com' })).toMatchObject({
      reason: 'invitation_for_another_address',
    });
    expect(await attempt({ invitationId: newInvitationId(new Date()) })).toMatchObject({
      reason: 'not_invited',
    });
    const late = new Date(now.getTime() + 15 * 86_400_000);
    expect(await attempt({}, late)).toMatchObject({ reason: 'invitation_expired' });
    await attempt({ userId: UserId.parse('user_first') });
    expect(await attempt({})).toMatchObject({ admitted: false, reason: 'invitation_used' });
  });

  it('is kept when the identity provider cannot be reached, and can be sent later', async () => {
    const { scope } = await found('Offline');
    const person = { email: 'new@offline.example', name: 'New', role: 'team_member' as const };
    const offline = sender({ send: async () => ({ delivery: 'queued' }) });
    const queued = await invite(
      { scope, actor: superAdmin, now },
      { person, organization: onPlan('growth') },
      offline,
    );
    expect(queued.delivery).toBe('queued');
    expect(
      await resendInvitation(
        { scope, actor: superAdmin, now },
        await resendingOf(scope, queued.id),
        sender(),
      ),
    ).toMatchObject({ delivery: 'sent' });
  });

  it('is refused for an address that has an open one in the organization, and counts nothing', async () => {
    const { scope, invitation } = await found('Again');
    const person = { email: invitation.email, name: 'Again', role: 'team_member' as const };
    await expect(
      invite({ scope, actor: superAdmin, now }, { person, organization: onPlan('growth') }, sender()),
    ).rejects.toMatchObject({
      code: 'already_exists',
      fields: [{ path: 'email' }],
    });
    expect((await requireOrganizationWithCounts(scope)).counts.pendingInvitations).toBe(1);
  });
});

describe('the records of an organization', () => {
  it('keep a usage snapshot a day, the same when it is computed again', async () => {
    const { scope, invitation } = await found('Measured');
    const userId = UserId.parse('user_measured');
    await acceptInvitation(
      { scope, actor: superAdmin, now },
      { userId, email: invitation.email, invitationId: invitation.id },
      claimsOf(scope),
    );
    const first = await takeSnapshot(scope, '2026-11-24', now);
    expect(first).toMatchObject({
      users: 1,
      usersByRole: { org_admin: 1 },
      pendingInvitations: 0,
      final: false,
    });
    expect(await takeSnapshot(scope, '2026-11-24', now)).toEqual(first);
    expect(await snapshotsBetween(scope, '2026-11-01', '2026-11-30')).toEqual([first]);
  });
});

describe('what webhooks tell of a Clerk user', () => {
  it('is taken again when repeated, dropped when a later state is known, and never undoes a deletion', async () => {
    const platform = platformScope(plane);
    const state = (clerkTime: number, deleted = false) =>
      recordIdentity(platform, { userId: UserId.parse('user_hook'), clerkTime, deleted });
    expect(await state(2)).toMatchObject({ status: 'current' });
    expect(await state(2)).toMatchObject({ status: 'current' });
    expect(await state(1)).toMatchObject({ status: 'outdated' });
    expect(await state(1, true)).toMatchObject({ status: 'deleted' });
    expect(await state(9)).toMatchObject({ status: 'deleted' });
  });
});
