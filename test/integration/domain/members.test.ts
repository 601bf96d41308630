import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import { AppError } from '../../../domain/errors.ts';
import { UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { requireInvitation } from '../../../domain/invitation/find-invitation.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { revokeInvitation } from '../../../domain/invitation/revoke-invitation.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { catalogue } from '../../../domain/subscription/catalogue.ts';
import { stampOfDeletion } from '../../../domain/table/deletion-record.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { sendUnlinks } from '../../../domain/user/unlink-outbox.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, onPlan, sender, superAdmin } from './support/founding.ts';
import { asAdmin, join, organizationOf as organizationIn } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const organizationOf = (name: string) => organizationIn(plane, name);

describe('changing a role', () => {
  it('holds at once, and says who did it', async () => {
    const { scope, actor } = await organizationOf('Role');
    const userId = await join(scope, 'user_leader', 'team_member');
    const changed = await updateUser({ scope, actor, now }, { userId, role: 'team_leader', revision: 1 });
    expect(changed).toMatchObject({ role: 'team_leader', revision: 2 });
  });

  it('is refused to a state that somebody else has changed', async () => {
    const { scope, actor } = await organizationOf('Stale');
    const userId = await join(scope, 'user_twice', 'team_member');
    await updateUser({ scope, actor, now }, { userId, role: 'team_leader', revision: 1 });
    await expect(
      updateUser({ scope, actor, now }, { userId, role: 'org_admin', revision: 1 }),
    ).rejects.toMatchObject({ code: 'stale' });
    expect(await requireUser(scope, userId)).toMatchObject({ role: 'team_leader' });
  });

  it('is refused above one’s own role', async () => {
    const { scope, actor } = await organizationOf('Above');
    const userId = await join(scope, 'user_climber', 'team_member');
    const leader: Actor = { ...actor, role: 'team_leader' };
    await expect(
      updateUser({ scope, actor: leader, now }, { userId, role: 'org_admin', revision: 1 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is refused for a person who is not there', async () => {
    const { scope, actor } = await organizationOf('Nobody');
    const userId = UserId.parse('user_never_was');
    await expect(
      updateUser({ scope, actor, now }, { userId, role: 'team_leader', revision: 1 }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the last admin', () => {
  it('keeps the role and the membership', async () => {
    const { scope, admin, actor } = await organizationOf('Last');
    const change = { userId: admin, role: 'team_member' as const, revision: 1 };
    await expect(updateUser({ scope, actor, now }, change)).rejects.toMatchObject({ code: 'last_admin' });
    await expect(removeUser({ scope, actor, now }, change)).rejects.toMatchObject({ code: 'last_admin' });
    expect(await requireUser(scope, admin)).toMatchObject({ role: 'org_admin', revision: 1 });
  });

  it('is one of two who demote each other at the same moment', async () => {
    const { scope, admin } = await organizationOf('Duel');
    const other = await join(scope, 'user_other', 'org_admin');
    const demote = (by: UserId, userId: UserId) =>
      updateUser({ scope, actor: asAdmin(by), now }, { userId, role: 'team_member', revision: 1 });
    const outcomes = await Promise.allSettled([demote(admin, other), demote(other, admin)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const roles = await Promise.all([requireUser(scope, admin), requireUser(scope, other)]);
    expect(roles.filter(({ role }) => role === 'org_admin')).toHaveLength(1);
  });
});

describe('deactivating a user', () => {
  it('is one change, is undone by the next, and keeps the seat', async () => {
    const { scope, actor } = await organizationOf('Paused');
    const userId = await join(scope, 'user_paused', 'team_member');
    const off = await updateUser({ scope, actor, now }, { userId, status: 'deactivated', revision: 1 });
    expect(off).toMatchObject({ status: 'deactivated', role: 'team_member', revision: 2 });
    expect(await requireUser(scope, userId)).toEqual(off);
    expect((await requireOrganizationWithCounts(scope)).counts.users).toBe(2);
    const on = await updateUser({ scope, actor, now }, { userId, status: 'active', revision: 2 });
    expect(on).toMatchObject({ status: 'active', revision: 3 });
  });

  it('is refused to a role above one’s own, and to the only active admin', async () => {
    const { scope, admin, actor } = await organizationOf('Kept');
    const change = { userId: admin, status: 'deactivated' as const, revision: 1 };
    await expect(updateUser({ scope, actor, now }, change)).rejects.toMatchObject({ code: 'last_admin' });
    const leader: Actor = { ...actor, role: 'team_leader' };
    await expect(updateUser({ scope, actor: leader, now }, change)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await requireUser(scope, admin)).toMatchObject({ status: 'active', revision: 1 });
  });

  it('leaves a deactivated admin out when it asks who is the last', async () => {
    const { scope, admin, actor } = await organizationOf('Asleep');
    const other = await join(scope, 'user_asleep', 'org_admin');
    await updateUser({ scope, actor, now }, { userId: other, status: 'deactivated', revision: 1 });
    const demotion = { userId: admin, role: 'team_member' as const, revision: 1 };
    await expect(updateUser({ scope, actor, now }, demotion)).rejects.toMatchObject({ code: 'last_admin' });
    await removeUser({ scope, actor, now }, { userId: other, revision: 2 });
    await expect(updateUser({ scope, actor, now }, demotion)).rejects.toMatchObject({ code: 'last_admin' });
  });

  it('of two admins by each other at the same moment leaves one', async () => {
    const { scope, admin } = await organizationOf('Draw');
    const other = await join(scope, 'user_draw', 'org_admin');
    const off = (by: UserId, userId: UserId) =>
      updateUser({ scope, actor: asAdmin(by), now }, { userId, status: 'deactivated', revision: 1 });
    const outcomes = await Promise.allSettled([off(admin, other), off(other, admin)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('removing a user', () => {
  it('leaves who did it, frees the address, and keeps the person out', async () => {
    const { scope, actor } = await organizationOf('Removed');
    const userId = await join(scope, 'user_gone', 'team_member');
    const { email, name, role } = await requireUser(scope, userId);
    await removeUser({ scope, actor, now }, { userId, revision: 1 });
    await expect(requireUser(scope, userId)).rejects.toMatchObject({ code: 'not_found' });
    const deletion = { entity: 'user', sortKey: userId, createdAt: now.toISOString(), revision: 1 };
    expect(await stampOfDeletion(scope, deletion)).toMatchObject({
      changed: { by: actor.by, action: 'user.removed' },
    });
    expect((await requireOrganizationWithCounts(scope)).counts).toMatchObject({
      users: 1,
      pendingInvitations: 0,
    });
    const person = { email, name, role: role === 'super_admin' ? ('team_member' as const) : role };
    expect(
      await invite({ scope, actor, now }, { person, organization: onPlan('growth') }, sender()),
    ).toMatchObject({ status: 'pending' });
  });
});

describe('a member who was removed while the identity provider was away', () => {
  it('is linked anew by it at a later run, once', async () => {
    const { scope, actor } = await organizationOf('Forgotten');
    const userId = await join(scope, 'user_forgotten', 'team_member');
    await removeUser({ scope, actor, now }, { userId, revision: 1 });
    const away = () => Promise.reject(new AppError('identity_unavailable', 'away'));
    expect(await sendUnlinks(scope, away)).toBe(0);
    const linked: string[] = [];
    const link = async (who: string) => void linked.push(who);
    expect(await sendUnlinks(scope, link)).toBe(1);
    expect(await sendUnlinks(scope, link)).toBe(0);
    expect(linked).toEqual([userId]);
  });
});

describe('who comes back', () => {
  it('can be removed again at the same revision, and each removal tells who made it', async () => {
    const { scope, admin, actor } = await organizationOf('Returning');
    const comeAndGo = async (by: Actor, at: Date) => {
      const userId = await join(scope, 'user_returning', 'team_member', at);
      await removeUser({ scope, actor: by, now: at }, { userId, revision: 1 });
      return { entity: 'user', sortKey: userId, createdAt: at.toISOString(), revision: 1 };
    };
    const first = await comeAndGo(superAdmin, now);
    const second = await comeAndGo(actor, new Date(now.getTime() + 1));
    expect(await stampOfDeletion(scope, first)).toMatchObject({ changed: { by: superAdmin.by } });
    expect(await stampOfDeletion(scope, second)).toMatchObject({ changed: { by: admin } });
  });
});

describe('revoking an invitation', () => {
  it('frees its seat and its address, and makes it unusable though the provider is away', async () => {
    const { scope, actor } = await organizationOf('Revoked');
    const person = { email: 'back@revoked.example', name: 'Back', role: 'team_member' as const };
    const { id: invitationId, revision } = await invite(
      { scope, actor, now },
      { person, organization: onPlan('growth') },
      sender(),
    );
    const away = sender({ withdraw: () => Promise.reject(new AppError('identity_unavailable', 'away')) });
    const stored = await requireInvitation(scope, invitationId);
    expect(await revokeInvitation({ scope, actor, now }, { stored, revision }, away)).toMatchObject({
      status: 'revoked',
    });
    const acceptance = { userId: UserId.parse('user_back'), email: person.email, invitationId };
    expect(await acceptInvitation({ scope, actor, now }, acceptance, claimsOf(scope))).toMatchObject({
      reason: 'invitation_revoked',
    });
    expect((await requireOrganizationWithCounts(scope)).counts.pendingInvitations).toBe(0);
    expect(
      await invite({ scope, actor, now }, { person, organization: onPlan('growth') }, sender()),
    ).toMatchObject({ status: 'pending' });
  });

  it('is refused once it is accepted', async () => {
    const { scope, invitation } = await found(plane, 'Accepted');
    const { id: invitationId, email } = invitation;
    await acceptInvitation(
      { scope, actor: superAdmin, now },
      { userId: UserId.parse('user_acc'), email, invitationId },
      claimsOf(scope),
    );
    const stored = await requireInvitation(scope, invitationId);
    await expect(
      revokeInvitation(
        { scope, actor: superAdmin, now },
        { stored, revision: invitation.revision },
        sender(),
      ),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the seats of a plan', () => {
  it('are given to exactly as many as there are, however many ask at once', async () => {
    const { scope, actor } = await organizationOf('Seats');
    const left = catalogue.starter.seats - 1;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => {
        const person = { email: `p${index}@seats.example`, name: `P${index}`, role: 'team_member' as const };
        return retried(() =>
          invite({ scope, actor, now }, { person, organization: onPlan('starter') }, sender()),
        );
      }),
    );
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(outcomes.length - refusals.length).toBe(left);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'entitlement_exceeded' });
    expect((await requireOrganizationWithCounts(scope)).counts).toMatchObject({
      users: 1,
      pendingInvitations: left,
    });
  });
});

/** Retries on a conflict, as a client does. */
async function retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'conflict')) throw error;
    }
  }
}
