import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { claimMembers, membershipIn, organizationClaimed } from '../../../domain/user/member-claims.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { MemberClaimItem } from '../../../domain/user/user.noun.ts';
import { linkPerson } from '../../../functions/clerk/people.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, sender, superAdmin } from './support/founding.ts';
import { organizationOf } from './support/people.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const open = (id: OrganizationId) => withinOrganization(plane, id);
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

/** Two organizations that have both invited the same person. */
async function invitedTwice(name: string) {
  const userId = UserId.parse(`user_${name}`);
  const email = `${name}@both.example`;
  const invitedBy = async (organization: string) => {
    const { scope, actor } = await organizationOf(plane, `${name}${organization}`);
    const person = { email, name, role: 'team_member' as const };
    const { id: invitationId } = await invite(
      { scope, actor, now },
      { person, organization: onPlan('growth') },
      sender(),
    );
    const acceptAt = (at: Date) =>
      acceptInvitation(
        { scope, actor: { ...superAdmin, by: userId }, now: at },
        { userId, email, invitationId },
        claimsOf(plane),
      );
    return { scope, actor, invitationId, acceptAt };
  };
  return { userId, first: await invitedBy('First'), second: await invitedBy('Second') };
}

const isMember = async (scope: OrganizationScope, userId: UserId) => (await findUser(scope, userId)) !== null;

describe('a person whom two organizations have invited', () => {
  it('becomes a member of one, however much at once they accept', async () => {
    const { userId, first, second } = await invitedTwice('hasty');
    const all = [first, second, first, second, second, first].map(({ acceptAt }) => acceptAt(now));
    const outcomes = await Promise.all(all);
    expect(outcomes.some(({ admitted }) => admitted)).toBe(true);
    const memberships = await Promise.all([first, second].map(({ scope }) => isMember(scope, userId)));
    expect(memberships.filter(Boolean)).toHaveLength(1);
  });

  it('stays in the first when they accept the second too, whenever that is', async () => {
    const { userId, first, second } = await invitedTwice('faithful');
    expect(await first.acceptAt(now)).toMatchObject({ admitted: true });
    for (const at of [later(0), later(60)])
      expect(await second.acceptAt(at)).toEqual({ admitted: false, reason: 'member_elsewhere' });
    expect(await isMember(second.scope, userId)).toBe(false);
    expect(await first.acceptAt(later(61))).toMatchObject({ admitted: true });
  });

  it('may join the second once the first has let them go', async () => {
    const { userId, first, second } = await invitedTwice('mover');
    await first.acceptAt(now);
    await removeUser({ scope: first.scope, actor: first.actor, now: later(5) }, { userId, revision: 1 });
    expect(await second.acceptAt(later(6))).toMatchObject({ admitted: true });
    expect(await organizationClaimed(open(PLATFORM), membershipIn(open), userId, later(7))).toBe(
      second.scope.organizationId,
    );
  });

  it('may join the second at once when the first has let them go just after they came', async () => {
    const { userId, first, second } = await invitedTwice('hurried');
    await first.acceptAt(now);
    await removeUser({ scope: first.scope, actor: first.actor, now }, { userId, revision: 1 });
    await claimsOf(plane).release(userId, second.scope.organizationId, now);
    expect(await second.acceptAt(now)).toMatchObject({ reason: 'member_elsewhere' });
    await claimsOf(plane).release(userId, first.scope.organizationId, now);
    expect(await second.acceptAt(now)).toMatchObject({ admitted: true });
  });

  it('is free again where a claim was never followed by a member, after two minutes', async () => {
    const { userId, first, second } = await invitedTwice('stopped');
    await claimsOf(plane).take(userId, first.scope.organizationId, now);
    expect(await second.acceptAt(later(1))).toMatchObject({ reason: 'member_elsewhere' });
    expect(await second.acceptAt(later(3))).toMatchObject({ admitted: true });
  });
});

describe('the daily look at claims', () => {
  it('claims who joined before there were claims, and reports who is a member twice', async () => {
    const platform = open(PLATFORM);
    const { userId, first, second } = await invitedTwice('double');
    const forgetClaim = () =>
      entityOf(MemberClaimItem).delete({ organizationId: PLATFORM, userId }).go({
        client: plane.client,
        table: plane.table,
      });
    await first.acceptAt(now);
    await forgetClaim();
    await second.acceptAt(now);
    await forgetClaim();
    const look = ({ scope }: typeof first, at: Date) => claimMembers(platform, claimsOf(plane), scope, at);
    expect(await look(first, later(60))).toEqual([]);
    expect(await look(second, later(61))).toEqual([userId]);
    await removeUser({ scope: first.scope, actor: first.actor, now: later(62) }, { userId, revision: 1 });
    expect(await look(second, later(70))).toEqual([]);
    expect(await organizationClaimed(platform, membershipIn(open), userId, later(80))).toBe(
      second.scope.organizationId,
    );
  });
});

describe('what Clerk keeps of a person', () => {
  /** Links a user with this metadata at Clerk; returns the changes made there. */
  async function changesOf(userId: UserId, metadata: object, at: Date, status = 200) {
    const changes: unknown[] = [];
    const call = async (method: string, path: string, body?: unknown) => {
      if (method !== 'GET') changes.push({ path, body });
      return Response.json({ public_metadata: metadata }, { status });
    };
    await linkPerson({ call }, open, userId, at);
    return changes;
  }
  const linkedTo = (userId: UserId, organizationId: OrganizationId | null) => [
    {
      path: `/users/${userId}/metadata`,
      body: { public_metadata: { organizationId, invitationId: null } },
    },
  ];

  it('names their own organization again after they have accepted another one’s invitation', async () => {
    const { userId, first, second } = await invitedTwice('linked');
    await first.acceptAt(now);
    await second.acceptAt(later(5));
    const named = { organizationId: second.scope.organizationId, invitationId: second.invitationId };
    expect(await changesOf(userId, named, later(6))).toEqual(linkedTo(userId, first.scope.organizationId));
  });

  it('names none after they were removed, and stays where they are a member or about to be', async () => {
    const { userId, first, second } = await invitedTwice('unlinked');
    await first.acceptAt(now);
    const { organizationId } = first.scope;
    expect(await changesOf(userId, { organizationId }, later(5))).toEqual([]);
    await removeUser({ scope: first.scope, actor: first.actor, now: later(5) }, { userId, revision: 1 });
    const used = { organizationId, invitationId: first.invitationId };
    expect(await changesOf(userId, used, later(6))).toEqual(linkedTo(userId, null));
    const next = { organizationId: second.scope.organizationId, invitationId: second.invitationId };
    expect(await changesOf(userId, next, later(6))).toEqual([]);
  });

  it('is left alone where it names nothing or the platform, or there is no account', async () => {
    const userId = UserId.parse('user_nobody');
    for (const metadata of [{}, { organizationId: 'garbage' }, { organizationId: PLATFORM }])
      expect(await changesOf(userId, metadata, now)).toEqual([]);
    expect(await changesOf(userId, {}, now, 404)).toEqual([]);
    await expect(changesOf(userId, {}, now, 401)).rejects.toMatchObject({ code: 'identity_unavailable' });
  });
});
