import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveOnboarding } from '../../../domain/analytics/derive-onboarding.ts';
import { newInvitationId, UserId } from '../../../domain/ids.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import {
  type ControlPlane,
  type OpenOrganization,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { requireTeam } from '../../../domain/team/find-team.ts';
import { findTeamAndUser, setTeamMember } from '../../../domain/team/team-members.ts';
import { takeSnapshot } from '../../../domain/usage/take-snapshot.ts';
import { attentionOf } from '../../../domain/usage/tally.ts';
import {
  applyIdentityEvent,
  type IdentityEvent,
  type IdentityFacts,
} from '../../../domain/user/apply-identity-event.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { MemberClaimItem } from '../../../domain/user/user.noun.ts';
import { handleOnce } from '../../../domain/user/webhook-records.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, sender, superAdmin, webhook } from './support/founding.ts';
import { join, organizationOf as organizationIn } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const organizationOf = (name: string) => organizationIn(plane, name);
const open: OpenOrganization = (id) => withinOrganization(plane, id);
const apply = (event: IdentityEvent) => applyIdentityEvent(webhook(platformScope(plane)), event, open);

/** Delivers an event as Clerk does: repeats it if a concurrent change refused it. */
async function deliver(event: IdentityEvent): Promise<void> {
  for (;;)
    try {
      await apply(event);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'stale' && code !== 'conflict') throw error;
    }
}

/** An invited user: their id, and a state from Clerk. */
async function invitee(scope: OrganizationScope, id: string) {
  const userId = UserId.parse(`user_${id}`);
  const email = `${id}@storm.example`;
  const person = { email, name: 'As Invited', role: 'team_member' as const };
  const invitation = await invite(
    { scope, actor: superAdmin, now },
    { person, organization: onPlan('growth') },
    sender(),
  );
  const state = (clerkTime: number, facts: Partial<IdentityFacts> = {}): IdentityEvent => ({
    kind: 'state',
    userId,
    clerkTime,
    organizationId: scope.organizationId,
    invitationId: invitation.id,
    email,
    name: 'Pat One',
    ...facts,
  });
  return { userId, email, state };
}

describe('what Clerk tells of a user', () => {
  it('makes the invited person a member under the name they gave, once', async () => {
    const { scope } = await organizationOf('Told');
    const { userId, email, state } = await invitee(scope, 'told');
    await apply(state(1));
    await apply(state(1));
    expect(await findUser(scope, userId)).toMatchObject({ name: 'Pat One', email, revision: 1 });
  });

  it('keeps the name that is there where Clerk’s is none that the rules take', async () => {
    const { scope } = await organizationOf('Unnamed');
    const { userId, state } = await invitee(scope, 'unnamed');
    await apply(state(1, { name: undefined }));
    expect(await findUser(scope, userId)).toMatchObject({ name: 'As Invited' });
    await apply(state(2));
    expect(await apply(state(3, { name: undefined }))).toBe('unchanged');
  });

  it('moves name and address, and frees the old address for somebody else', async () => {
    const { scope, actor } = await organizationOf('Moved');
    const { userId, email, state } = await invitee(scope, 'moved');
    await apply(state(1));
    expect(await apply(state(2, { name: 'Pat Two', email: 'new@moved.example' }))).toBe('followed');
    expect(await findUser(scope, userId)).toMatchObject({ name: 'Pat Two', email: 'new@moved.example' });
    const next = { email, name: 'Next', role: 'team_member' as const };
    expect(
      await invite({ scope, actor, now }, { person: next, organization: onPlan('growth') }, sender()),
    ).toMatchObject({ status: 'pending' });
    await expect(
      invite(
        { scope, actor, now },
        { person: { ...next, email: 'new@moved.example' }, organization: onPlan('growth') },
        sender(),
      ),
    ).rejects.toMatchObject({ code: 'already_exists' });
  });

  it('is followed in the teams somebody is in', async () => {
    const { scope, actor } = await organizationOf('Teamed');
    const { userId, state } = await invitee(scope, 'teamed');
    await apply(state(1));
    const { id: teamId } = await createTeam({ scope, actor, now }, { name: 'Sales', plan: 'growth' });
    const { team, user, held } = await findTeamAndUser(scope, { teamId, userId });
    await setTeamMember(
      { scope, actor, now },
      { team, user, held },
      { role: 'member', revision: team.item.revision },
    );
    await apply(state(2, { name: 'Pat Two', email: 'two@teamed.example' }));
    const { members } = await requireTeam(scope, teamId);
    expect(members).toMatchObject([{ userId, name: 'Pat Two', email: 'two@teamed.example' }]);
  });

  it('leaves the address to who has it in the organization, and takes the name', async () => {
    const { scope, admin } = await organizationOf('Clash');
    const { userId, email, state } = await invitee(scope, 'clash');
    await apply(state(1));
    const taken = (await findUser(scope, admin))?.email ?? '';
    expect(await apply(state(2, { name: 'Pat Two', email: taken }))).toBe('address_taken');
    expect(await findUser(scope, userId)).toMatchObject({ name: 'Pat Two', email });
    expect(await findUser(scope, admin)).toMatchObject({ email: taken });
  });

  it('admits nobody without a verified address, or with another one', async () => {
    const { scope } = await organizationOf('Unverified');
    const { userId, state } = await invitee(scope, 'unverified');
    const { email: _, ...unverified } = { email: '', ...state(1) };
    await apply(unverified);
    await apply(state(2, { email: 'mallory@storm.example' }));
    expect(await findUser(scope, userId)).toBeNull();
  });

  it('removes who has deleted their account, though only an earlier event named the organization', async () => {
    const { scope } = await organizationOf('Deleted');
    const { userId, state } = await invitee(scope, 'deleted');
    await apply(state(1));
    const {
      organizationId: _,
      invitationId: __,
      ...cleared
    } = { organizationId: 0, invitationId: 0, ...state(2) };
    await apply(cleared);
    expect(await apply({ kind: 'deleted', userId })).toBe('removed');
    expect(await apply({ kind: 'deleted', userId })).toBe('not_a_member');
    expect(await findUser(scope, userId)).toBeNull();
    expect((await requireOrganizationWithCounts(scope)).counts.users).toBe(1);
  });

  it('removes who has deleted their account from every organization that was ever named', async () => {
    const [one, two] = [await organizationOf('First'), await organizationOf('Second')];
    const { userId, state } = await invitee(one.scope, 'wanderer');
    await apply(state(1));
    // As before identities were claimed: the second organization doesn't know of the first.
    const { organizationId, ...target } = platformScope(plane);
    await entityOf(MemberClaimItem).delete({ organizationId, userId }).go(target);
    const { state: stateInTwo } = await invitee(two.scope, 'wanderer');
    await apply(stateInTwo(2));
    expect(await findUser(one.scope, userId)).not.toBeNull();
    expect(await findUser(two.scope, userId)).not.toBeNull();
    expect(await apply({ kind: 'deleted', userId })).toBe('removed');
    for (const { scope } of [one, two]) expect(await findUser(scope, userId)).toBeNull();
  });

  it('leaves a last admin without an account deactivated, until another admin is there', async () => {
    const { scope, admin } = await organizationOf('Orphaned');
    await apply({
      kind: 'state',
      userId: admin,
      clerkTime: 1,
      organizationId: scope.organizationId,
      invitationId: newInvitationId(now),
    });
    for (let delivery = 0; delivery < 2; delivery += 1)
      expect(await apply({ kind: 'deleted', userId: admin })).toBe('left_without_admin');
    expect(await findUser(scope, admin)).toMatchObject({ status: 'deactivated', revision: 2 });
    const snapshot = await takeSnapshot(scope, now.toISOString().slice(0, 10), now);
    expect(snapshot).toMatchObject({ usersByRole: { org_admin: 1 }, activeAdmins: 0, stage: 'invited' });
    const organization = await requireOrganizationWithCounts(scope);
    expect(attentionOf(organization, snapshot)?.reasons).toContain('no_admin');
    expect(await deriveOnboarding(scope, organization, now)).toMatchObject({
      stage: 'invited',
      next: 'admin_joined',
    });
    const next = await join(scope, 'user_next_admin', 'org_admin');
    const demotion = { userId: next, role: 'team_member' as const, revision: 1 };
    await expect(updateUser({ scope, actor: superAdmin, now }, demotion)).rejects.toMatchObject({
      code: 'last_admin',
    });
    expect(await apply({ kind: 'deleted', userId: admin })).toBe('removed');
  });
});

describe('a storm of webhooks, doubled and in any order', () => {
  it('ends in what Clerk told last, and with one member', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.boolean(), async (order, deletes) => {
        run += 1;
        const { scope } = await organizationOf(`Storm${run}`);
        const { userId, state } = await invitee(scope, `storm${run}`);
        const told: IdentityEvent[] = [
          state(1),
          state(2, { name: 'Pat Two' }),
          state(3, { name: 'Pat Three', email: `third${run}@storm.example` }),
          state(4, { name: 'Pat Four', email: `fourth${run}@storm.example` }),
          ...(deletes ? [{ kind: 'deleted', userId } as const] : []),
        ];
        const deliveries = Array.from({ length: 200 }, (_, index) => told[index % told.length]);
        const shuffled = deliveries
          .map((event) => ({ event, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .flatMap(({ event }) => (event === undefined ? [] : [event]));
        // A user who changes their address before joining isn't the invited one: joining comes first.
        await deliver(state(1));
        const queue = shuffled.values();
        const worker = async () => {
          for (const event of queue) await deliver(event);
        };
        await Promise.all(Array.from({ length: 4 }, worker));
        const last = { name: 'Pat Four', email: `fourth${run}@storm.example` };
        const member = await findUser(scope, userId);
        if (deletes) expect(member).toBeNull();
        else expect(member).toMatchObject(last);
        expect((await requireOrganizationWithCounts(scope)).counts).toMatchObject({
          users: deletes ? 1 : 2,
          pendingInvitations: 0,
        });
      }),
      { numRuns: 4 },
    );
  });
});

describe('a webhook’s receipt', () => {
  it('is written after the work: what failed is done again, what succeeded is not', async () => {
    const platform = platformScope(plane);
    const done: string[] = [];
    const handle = (outcome: 'fails' | 'works') =>
      handleOnce(webhook(platform), 'msg_receipt', async () => {
        done.push(outcome);
        if (outcome === 'fails') throw new Error('the table was away');
      });
    await expect(handle('fails')).rejects.toThrow('away');
    await handle('works');
    await handle('works');
    expect(done).toEqual(['fails', 'works']);
  });
});
