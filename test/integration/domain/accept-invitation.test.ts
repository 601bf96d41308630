import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import { UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { InvitationItem } from '../../../domain/invitation/invitation.noun.ts';
import type { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { resendInvitation } from '../../../domain/invitation/resend-invitation.ts';
import { requireOrganization } from '../../../domain/organization/find-organization.ts';
import {
  reactivateOrganization,
  suspendOrganization,
} from '../../../domain/organization/suspend-organization.ts';
import { updateOwnOrganization } from '../../../domain/organization/update-organization.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import {
  type ControlPlane,
  type OpenOrganization,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { applyIdentityEvent } from '../../../domain/user/apply-identity-event.ts';
import { findUser, requireUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, resendingOf, sender, superAdmin, webhook } from './support/founding.ts';
import { asAdmin, join, organizationOf as organizationIn } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const organizationOf = (name: string) => organizationIn(plane, name);
const refusedFor = (reason: string) => ({ admitted: false, reason });

/** An invited user, and how they accept. */
async function invited(scope: OrganizationScope, by: Actor, more: Partial<NewInvitation> = {}) {
  const email = 'guest@first.example';
  const guest = UserId.parse(`user_${scope.organizationId}`);
  const person = { email, name: 'Guest', role: 'team_member' as const, ...more };
  const { id: invitationId } = await invite(
    { scope, actor: by, now },
    { person, organization: onPlan('growth') },
    sender(),
  );
  const joining = (at: OrganizationScope = scope) =>
    acceptInvitation(
      { scope: at, actor: { ...superAdmin, by: guest }, now },
      { userId: guest, email, invitationId },
      claimsOf(plane),
    );
  return { invitationId, email, guest, joining };
}

async function allowOnly(scope: OrganizationScope, allowedDomains: string[]): Promise<void> {
  const before = await requireOrganization(scope);
  await updateOwnOrganization({ scope, actor: superAdmin, now }, before, {
    allowedDomains,
    revision: before.revision,
  });
}

describe('an invitation to an address of a domain that is not allowed any more', () => {
  it('admits nobody until the domain is allowed again', async () => {
    const { scope, actor } = await organizationOf('Narrowed');
    const { joining } = await invited(scope, actor);
    await allowOnly(scope, ['second.example']);
    expect(await joining()).toEqual(refusedFor('address_not_allowed'));
    await allowOnly(scope, ['first.example']);
    expect(await joining()).toMatchObject({ admitted: true });
  });

  it('is not sent again', async () => {
    const { scope, actor } = await organizationOf('Resent');
    const { invitationId } = await invited(scope, actor);
    const sent: string[] = [];
    const noting = sender({
      send: async ({ email }) => {
        sent.push(email);
        return { delivery: 'sent', providerId: 'another' };
      },
    });
    const { organization, ...resending } = await resendingOf(scope, invitationId);
    const narrowed = { ...organization, allowedDomains: ['second.example'] };
    await expect(
      resendInvitation({ scope, actor, now }, { ...resending, organization: narrowed }, noting),
    ).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'email' }] });
    expect(sent).toEqual([]);
  });
});

describe('an invitation whose inviter', () => {
  /** An organization, whose second admin has invited an admin. */
  async function byAnother(name: string) {
    const { scope, actor } = await organizationOf(name);
    const inviter = await join(scope, `user_${name}_inviter`, 'org_admin');
    return { scope, actor, inviter, ...(await invited(scope, asAdmin(inviter), { role: 'org_admin' })) };
  }

  it('was removed makes no admin, until another admin sends it again', async () => {
    const { scope, actor, inviter, joining, invitationId } = await byAnother('Removed');
    await removeUser({ scope, actor, now }, { userId: inviter, revision: 1 });
    expect(await joining()).toEqual(refusedFor('inviter_not_allowed'));
    await resendInvitation({ scope, actor, now }, await resendingOf(scope, invitationId), sender());
    expect(await joining()).toMatchObject({ admitted: true, user: { role: 'org_admin' } });
  });

  it('is deactivated, or has a lower role by now, admits nobody', async () => {
    const { scope, actor, inviter, joining } = await byAnother('Demoted');
    for (const change of [{ status: 'deactivated' as const }, { role: 'team_leader' as const }]) {
      const { revision } = await requireUser(scope, inviter);
      await updateUser({ scope, actor, now }, { userId: inviter, revision, ...change });
      expect(await joining()).toEqual(refusedFor('inviter_not_allowed'));
    }
  });

  it('leads the team no more admits nobody into it', async () => {
    const { scope, actor } = await organizationOf('Led');
    const leader = await join(scope, 'user_led_leader', 'team_leader');
    const { id: teamId } = await createTeam(
      { scope, actor, now },
      { name: 'Led', leaderId: leader, plan: 'growth' },
    );
    const { joining } = await invited(scope, { ...asAdmin(leader), role: 'team_leader' }, { teamId });
    const { revision } = await requireUser(scope, leader);
    await updateUser({ scope, actor, now }, { userId: leader, revision, role: 'team_member' });
    expect(await joining()).toEqual(refusedFor('inviter_not_allowed'));
  });

  it('is a super admin admits as before, whom the organization doesn’t know', async () => {
    const { scope } = await organizationOf('Platform');
    const { joining } = await invited(scope, superAdmin, { role: 'org_admin' });
    expect(await joining()).toMatchObject({ admitted: true });
  });

  it('is known from its last change where an earlier version wrote it, and admits nobody where they aren’t', async () => {
    const { scope } = await organizationOf('Earlier');
    const { joining, invitationId } = await invited(scope, superAdmin);
    const { organizationId, client, table } = scope;
    const earlier = entityOf(InvitationItem).patch({ organizationId, invitationId }).remove(['inviterRole']);
    await earlier.go({ client, table });
    const { stored } = await resendingOf(scope, invitationId);
    const changed = { ...stored.changed, by: 'system:invitations', role: 'system' as const };
    await entityOf(InvitationItem)
      .patch({ organizationId, invitationId })
      .set({ changed })
      .go({ client, table });
    expect(await joining()).toEqual(refusedFor('inviter_not_allowed'));
    await entityOf(InvitationItem)
      .patch({ organizationId, invitationId })
      .set({ changed: stored.changed })
      .go({ client, table });
    expect(await joining()).toMatchObject({ admitted: true });
  });
});

describe('an organization that is suspended', () => {
  it('lets nobody in, by a request or a webhook, and lets them in when it is active again', async () => {
    const { scope, actor } = await organizationOf('Suspended');
    const { joining, guest, invitationId, email } = await invited(scope, actor);
    const { organizationId } = scope;
    await suspendOrganization({ scope, actor: superAdmin, now }, { reason: 'unpaid' });
    await expect(joining()).rejects.toMatchObject({ code: 'organization_inactive' });
    const open: OpenOrganization = (id) => withinOrganization(plane, id);
    const event = {
      kind: 'state' as const,
      userId: guest,
      clerkTime: 1,
      organizationId,
      invitationId,
      email,
    };
    expect(await applyIdentityEvent(webhook(platformScope(plane)), event, open)).toBe('unchanged');
    expect(await findUser(scope, guest)).toBeNull();
    await reactivateOrganization({ scope, actor: superAdmin, now });
    expect(await joining()).toMatchObject({ admitted: true });
  });
});

describe('accepting', () => {
  it('takes four round trips beside the two of the claim', async () => {
    const { scope, actor } = await organizationOf('Counted');
    const { joining } = await invited(scope, actor);
    const asked: string[] = [];
    const client = new Proxy(scope.client, {
      get: (target, name) =>
        name === 'send'
          ? (command: Parameters<typeof target.send>[0]) => {
              asked.push(command.constructor.name);
              return target.send(command);
            }
          : Reflect.get(target, name),
    });
    expect(await joining({ ...scope, client })).toMatchObject({ admitted: true });
    expect(asked).toHaveLength(4);
  });
});
