import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserId } from '../../../domain/ids.ts';
import { requireInvitation } from '../../../domain/invitation/find-invitation.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { revokeInvitation } from '../../../domain/invitation/revoke-invitation.ts';
import { changeSubscription } from '../../../domain/organization/change-subscription.ts';
import { countsOf } from '../../../domain/organization/counts.ts';
import { requireOrganization } from '../../../domain/organization/find-organization.ts';
import {
  updateOrganization,
  updateOwnOrganization,
} from '../../../domain/organization/update-organization.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import type { UserChange } from '../../../domain/user/user.schema.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, onPlan, sender, superAdmin } from './support/founding.ts';
import { meanwhile } from './support/meanwhile.ts';
import { join, organizationOf } from './support/people.ts';
import { entryFor, recorded, soon, undoing } from './support/recorded.ts';
import { create as createTeam, read } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

async function world(name: string) {
  const { scope, actor, admin } = await organizationOf(plane, name);
  const ctx = () => ({ scope, actor, now: soon() });
  return {
    ...{ scope, actor, admin, ctx },
    ...undoing(plane, scope, actor),
    /** Changes a user, and returns the resulting entries. */
    change: async (userId: UserId, wanted: UserChange) => {
      const { revision } = await requireUser(scope, userId);
      return await recorded(scope, () => updateUser(ctx(), { ...wanted, userId, revision }));
    },
    remove: async (userId: UserId) => {
      const { revision } = await requireUser(scope, userId);
      return entryFor(await recorded(scope, () => removeUser(ctx(), { userId, revision })), 'user.removed');
    },
  };
}

describe('undoing a change of a user', () => {
  it('puts back their role and their status, and undoing that does it again', async () => {
    const { scope, change, undo } = await world('Roles');
    const bob = await join(scope, 'roles_bob', 'team_leader');
    const role = entryFor(await change(bob, { role: 'team_member' }), 'user.role-changed');
    const back = entryFor(await recorded(scope, () => undo(role)), 'user.role-changed');
    expect(await requireUser(scope, bob)).toMatchObject({ role: 'team_leader', status: 'active' });
    await undo(back);
    expect((await requireUser(scope, bob)).role).toBe('team_member');
    await undo(entryFor(await change(bob, { status: 'deactivated' }), 'user.deactivated'));
    expect((await requireUser(scope, bob)).status).toBe('active');
  });

  it('keeps the last admin, and says who leads no team any more', async () => {
    const { scope, actor, admin, change, undo, preview } = await world('Last');
    const bob = await join(scope, 'last_bob');
    const promoted = entryFor(await change(bob, { role: 'org_admin' }), 'user.role-changed');
    await change(admin, { status: 'deactivated' });
    expect((await preview(promoted)).refusal).toMatchObject({ code: 'last_admin' });
    await expect(undo(promoted)).rejects.toMatchObject({ code: 'last_admin' });
    await change(admin, { status: 'active' });
    await createTeam(scope, actor, 'Team', bob);
    expect(await preview(promoted)).toMatchObject({
      effects: [{ kind: 'lead_given_up', name: 'last_bob', count: 1 }],
      refusal: null,
    });
    await undo(promoted);
    expect((await requireUser(scope, bob)).role).toBe('team_member');
  });
});

describe('undoing the removal of a user', () => {
  it('brings them back with their role, their seat and their teams; undone again they are gone', async () => {
    const { scope, actor, remove, undo, preview } = await world('Back');
    const bob = await join(scope, 'back_bob', 'team_leader');
    const { id } = await createTeam(scope, actor, 'Team', bob);
    const { revision: _, updatedAt: __, ...before } = await requireUser(scope, bob);
    const team = (await read(scope, id)).members;
    const counts = await countsOf(scope);
    const entry = await remove(bob);
    expect(await preview(entry)).toMatchObject({
      kind: 'brings_back',
      effects: [{ kind: 'teams_return', count: 1 }],
      refusal: null,
    });
    const restored = await recorded(scope, () => undo(entry));
    expect(await requireUser(scope, bob)).toMatchObject(before);
    expect((await read(scope, id)).members).toEqual(team);
    expect(await countsOf(scope)).toEqual(counts);
    expect(restored.map(({ action }) => action).sort()).toEqual(['team.member-added', 'user.restored']);
    const gone = entryFor(
      await recorded(scope, () => undo(entryFor(restored, 'user.restored'))),
      'user.removed',
    );
    await expect(requireUser(scope, bob)).rejects.toMatchObject({ code: 'not_found' });
    await undo(gone);
    expect(await countsOf(scope)).toEqual(counts);
  });

  it('is refused when their address is invited again, their seat is taken or their account is elsewhere', async () => {
    const { scope, remove, undo, ctx } = await world('Seats');
    const bob = await join(scope, 'seats_bob');
    const entry = await remove(bob);
    const person = { email: 'seats_bob@people.example', name: 'Bob', role: 'team_member' } as const;
    const invited = await invite(ctx(), { person, organization: onPlan('growth') }, sender());
    await expect(undo(entry)).rejects.toMatchObject({ reason: 'email_taken' });
    const revoked = await recorded(scope, async () =>
      revokeInvitation(ctx(), { stored: await requireInvitation(scope, invited.id), revision: 2 }, sender()),
    );
    await expect(undo(entryFor(revoked, 'invitation.revoked'))).rejects.toMatchObject({
      reason: 'undo_of_invitation',
    });
    const { revision, subscription } = await requireOrganization(scope);
    const small = { ...subscription, plan: 'starter' as const };
    await changeSubscription(ctx(), { subscription: small, revision, dryRun: false });
    for (let seat = 2; seat <= 10; seat += 1) await join(scope, `seats_${seat}`);
    await expect(undo(entry)).rejects.toMatchObject({
      code: 'entitlement_exceeded',
      params: { plan: 'starter', allowed: 10 },
    });
    await remove(UserId.parse('user_seats_2'));
    const elsewhere = await organizationOf(plane, 'SeatsElsewhere');
    await claimsOf(plane).release(bob, scope.organizationId, soon());
    expect(await claimsOf(plane).take(bob, elsewhere.scope.organizationId, soon())).toBe(true);
    await expect(undo(entry)).rejects.toMatchObject({ reason: 'undo_account_not_free' });
    await expect(requireUser(scope, bob)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes no seat and restores nothing when the last one goes between the look and the write', async () => {
    const { scope, remove, undo, ctx } = await world('LastSeat');
    const bob = await join(scope, 'last_seat_bob');
    const entry = await remove(bob);
    const { revision, subscription } = await requireOrganization(scope);
    const small = { ...subscription, plan: 'starter' as const };
    await changeSubscription(ctx(), { subscription: small, revision, dryRun: false });
    for (let seat = 2; seat <= 9; seat += 1) await join(scope, `last_seat_${seat}`);
    meanwhile(plane, () => join(scope, 'last_seat_10'));
    await expect(undo(entry)).rejects.toMatchObject({ code: 'entitlement_exceeded' });
    await expect(requireUser(scope, bob)).rejects.toMatchObject({ code: 'not_found' });
    expect(await countsOf(scope)).toMatchObject({ users: 10 });
    await remove(UserId.parse('user_last_seat_10'));
    await undo(entry);
    expect((await requireUser(scope, bob)).status).toBe('active');
  });

  it('is refused for the addresses that the organization doesn’t allow by now', async () => {
    const { scope, remove, undo, ctx } = await world('Domains');
    const bob = await join(scope, 'domains_bob');
    const entry = await remove(bob);
    const before = await requireOrganization(scope);
    await updateOwnOrganization(ctx(), before, {
      allowedDomains: ['own.example'],
      revision: before.revision,
    });
    await expect(undo(entry)).rejects.toMatchObject({ reason: 'address_not_allowed' });
  });
});

describe('undoing a change of the profile', () => {
  it('puts back what the admin changed, part by part, and leaves what is the platform’s', async () => {
    const { scope, undo, preview, ctx } = await world('Profile');
    const own = async (change: object) => {
      const before = await requireOrganization(scope);
      return await recorded(scope, () =>
        updateOwnOrganization(ctx(), before, { ...change, revision: before.revision }),
      );
    };
    const { contactPerson } = await requireOrganization(scope);
    const entry = entryFor(
      await own({ contactPerson: { name: 'Nia', email: 'nia@example.com' }, allowedDomains: ['a.example'] }),
      'organization.updated',
    );
    await own({ contactPerson: { name: 'Nia', email: 'nia@other.example' } });
    const { fields } = await undo(entry);
    expect(fields.map(({ field, outcome }) => [field, outcome])).toEqual([
      ['contactPerson.name', 'put_back'],
      ['contactPerson.email', 'changed_since'],
      ['allowedDomains', 'put_back'],
    ]);
    expect(await requireOrganization(scope)).toMatchObject({
      contactPerson: { name: contactPerson.name, email: 'nia@other.example' },
      allowedDomains: [],
    });
    const renamed = await recorded(scope, async () => {
      const { revision } = await requireOrganization(scope);
      await updateOrganization({ ...ctx(), actor: superAdmin }, { name: 'Profile renamed', revision });
    });
    expect(await preview(entryFor(renamed, 'organization.updated'))).toMatchObject({
      fields: [{ field: 'name', outcome: 'not_allowed' }],
      refusal: { code: 'forbidden' },
    });
  });

  it('isn’t possible for what never was anybody’s to take back', async () => {
    const { organization } = await found(plane, 'Never');
    expect(organization.status).toBe('active');
    const { scope, undo } = await world('Created');
    const entries = await recorded(scope, () => join(scope, 'created_bob'));
    for (const [action, reason] of [
      ['user.joined', 'undo_of_joining'],
      ['invitation.accepted', 'undo_of_invitation'],
    ] as const)
      await expect(undo(entryFor(entries, action)), action).rejects.toMatchObject({ reason });
  });
});
