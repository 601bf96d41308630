import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM, UserId } from '../../../domain/ids.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import {
  type ControlPlane,
  type OpenOrganization,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { applyIdentityEvent, type IdentityEvent } from '../../../domain/user/apply-identity-event.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { identityProvider } from '../../../functions/clerk/identity-provider.ts';
import { readMember } from '../../../functions/http/read-member.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, sender, superAdmin, webhook } from './support/founding.ts';
import { join, organizationOf } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const open: OpenOrganization = (id) => withinOrganization(plane, id);
const apply = (event: IdentityEvent, platform: OrganizationScope = platformScope(plane)) =>
  applyIdentityEvent(webhook(platform), event, open);

/** The platform with a concurrent change, made after the first read. */
function overtaken(by: () => Promise<unknown>): OrganizationScope {
  const platform = platformScope(plane);
  let reads = 0;
  const client: typeof platform.client = Object.create(platform.client, {
    send: {
      value: async (command: GetCommand) => {
        const answer = await platform.client.send(command);
        reads += 1;
        if (reads === 1 && command instanceof GetCommand) await by();
        return answer;
      },
    },
  });
  return { ...platform, client };
}

/** A user invited by an organization, and their first state from Clerk. */
async function invited(scope: OrganizationScope, id: string) {
  const userId = UserId.parse(`user_${id}`);
  const email = `${id}@final.example`;
  const person = { email, name: 'As Invited', role: 'team_member' as const };
  const { id: invitationId } = await invite(
    { scope, actor: superAdmin, now },
    { person, organization: onPlan('growth') },
    sender(),
  );
  const { organizationId } = scope;
  const state = (clerkTime: number): IdentityEvent => ({
    ...{ kind: 'state', userId, clerkTime, organizationId, invitationId, email, name: 'Pat' },
  });
  return { userId, email, invitationId, state };
}

describe('the deletion of an account', () => {
  it('is final for a state that was being recorded at that moment, and for every later one', async () => {
    const { scope } = await organizationOf(plane, 'Final');
    const { userId, state } = await invited(scope, 'final');
    const racing = overtaken(() => apply({ kind: 'deleted', userId }));
    // Clerk's clock may be ahead of ours, which determines the deletion's time.
    expect(await apply(state(now.getTime() + 1), racing)).toBe('not_a_member');
    expect(await findUser(scope, userId)).toBeNull();
    for (const clerkTime of [1, 2, now.getTime() + 1]) await apply(state(clerkTime));
    expect(await findUser(scope, userId)).toBeNull();
  });
});

describe('a state that is outdated', () => {
  it('admits nobody, and changes nothing of who is there', async () => {
    const { scope } = await organizationOf(plane, 'Outdated');
    const { userId, state } = await invited(scope, 'outdated');
    await apply({ kind: 'state', userId, clerkTime: 2 });
    // Until a state names an organization, there is none to leave: only the outcome reports that.
    expect(await apply(state(1))).toBe('outdated');
    expect(await findUser(scope, userId)).toBeNull();

    const member = await join(scope, 'user_there', 'team_member');
    const { organizationId } = scope;
    const told = (clerkTime: number, name: string): IdentityEvent => ({
      ...{ kind: 'state', userId: member, clerkTime, organizationId, name },
    });
    expect(await apply(told(5, 'user_there'))).toBe('unchanged');
    expect(await apply(told(4, 'Old Name'))).toBe('outdated');
    expect(await findUser(scope, member)).toMatchObject({ name: 'user_there' });
  });

  it('stays so where the later one was recorded at the same moment', async () => {
    const { scope } = await organizationOf(plane, 'Overtaken');
    const { userId, state } = await invited(scope, 'overtaken');
    const racing = overtaken(() => apply({ kind: 'state', userId, clerkTime: 2 }));
    expect(await apply(state(1), racing)).toBe('outdated');
    expect(await findUser(scope, userId)).toBeNull();
  });
});

describe('the platform', () => {
  it('is joined at no request, whatever invitation a token names', async () => {
    const platform = platformScope(plane);
    const counts = { users: 1, admins: 1, seats: 1, pendingInvitations: 0, teams: 0, kpis: 0 };
    const Item = {
      ...{ pk: 'platform#organization', sk: 'directory', organizationId: PLATFORM },
      ...{ entity: 'directoryRow', entityVersion: '1', ...counts },
    };
    await plane.client.send(new PutCommand({ TableName: plane.table, Item }));
    const { userId, email, invitationId } = await invited(platform, 'intruder');
    const identity = { userId, sessionId: 'sess_1', organizationId: PLATFORM, invitationId, email };
    const actor = { by: userId, role: 'team_member', requestId: 'request-1' } as const;
    expect(
      await readMember({ identity, actor }, { open, provider: identityProvider('gateway') }, now),
    ).toEqual({
      status: 'pending',
      reason: 'not_invited',
    });
    expect(await findUser(platform, userId)).toBeNull();
  });
});
