import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserId } from '../../../domain/ids.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { applyIdentityEvent } from '../../../domain/user/apply-identity-event.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { usersAfter } from '../../../domain/user/list-users.ts';
import { positionIn, usersInOrder } from '../../../domain/user/list-users-in-order.ts';
import { orderUsers } from '../../../domain/user/order-users.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, webhook } from './support/founding.ts';
import { join, organizationOf } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
type Sort = 'name' | 'joined';
type Direction = 'asc' | 'desc';

async function paged(scope: OrganizationScope, sort: Sort, direction: Direction, listing = {}) {
  const read: User[] = [];
  for (;;) {
    const last = read.at(-1);
    const position = last && positionIn(sort, last);
    const page = await usersInOrder(scope, { sort, direction, position, limit: 2, listing });
    read.push(...page);
    if (page.length < 2) return read.map(({ name }) => name);
  }
}

/** An organization of six, whose names and times of joining are in different orders. */
async function peopled(name: string) {
  const organization = await organizationOf(plane, name);
  const { scope } = organization;
  const rename = (userId: UserId, to: string) =>
    applyIdentityEvent(
      webhook(platformScope(plane)),
      { kind: 'state', userId, organizationId: scope.organizationId, clerkTime: 5, name: to },
      (id) => withinOrganization(plane, id),
    );
  for (const [minute, each] of ['zoë', 'Ädam', 'bob', 'Bo B', 'Anna'].entries()) {
    const userId = await join(scope, `user_${name}${minute}`, 'team_member', at(minute + 1));
    await rename(userId, each);
  }
  await rename(organization.admin, 'Max');
  return { ...organization, rename };
}

const byName = ['Ädam', 'Anna', 'Bo B', 'bob', 'Max', 'zoë'];
const byJoining = ['Max', 'zoë', 'Ädam', 'bob', 'Bo B', 'Anna'];

/** Removes what an earlier version didn't write. */
async function asOfBefore({ organizationId, client, table }: OrganizationScope) {
  const keysOf = async (partition: string) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `${organizationId}#${partition}` },
      }),
    );
    return Items.map(({ pk, sk }) => ({ pk, sk }));
  };
  for (const Key of [...(await keysOf('user')), ...(await keysOf('email'))])
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key,
        UpdateExpression: 'REMOVE nameOrder, joined, memberPk, memberSk',
      }),
    );
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: { pk: `${organizationId}#organization`, sk: 'directory' },
      UpdateExpression: 'REMOVE usersInOrder',
    }),
  );
}

describe('users in order', () => {
  it('come by name or by joining, in both directions, page by page', async () => {
    const { scope } = await peopled('Ordered');
    expect(await paged(scope, 'name', 'asc')).toEqual(byName);
    expect(await paged(scope, 'name', 'desc')).toEqual(byName.toReversed());
    expect(await paged(scope, 'joined', 'asc')).toEqual(byJoining);
    expect(await paged(scope, 'joined', 'desc')).toEqual(byJoining.toReversed());
  });

  it('come in the same order under a filter', async () => {
    const { scope } = await peopled('Filtered');
    expect(await paged(scope, 'name', 'asc', { search: 'b' })).toEqual(['Bo B', 'bob']);
    expect(await paged(scope, 'joined', 'desc', { search: 'b' })).toEqual(['Bo B', 'bob']);
    expect(await paged(scope, 'name', 'asc', { role: 'org_admin' })).toEqual(['Max']);
    expect(await paged(scope, 'name', 'asc', { withinTeams: [] })).toEqual([]);
  });

  it('move with a new name, stay with another role or address, and go when they are removed', async () => {
    const { scope, actor } = await peopled('Moved');
    const [zoe] = await usersInOrder(scope, {
      sort: 'joined',
      direction: 'asc',
      limit: 6,
      listing: { search: 'zoe' },
    });
    const userId = UserId.parse(zoe?.userId);
    await applyIdentityEvent(
      webhook(platformScope(plane)),
      {
        kind: 'state',
        userId,
        organizationId: scope.organizationId,
        clerkTime: 6,
        name: 'Abe',
        email: 'abe@new.example',
      },
      (id) => withinOrganization(plane, id),
    );
    expect(await paged(scope, 'name', 'asc')).toEqual(['Abe', ...byName.slice(0, -1)]);
    const { revision } = await requireUser(scope, userId);
    await updateUser({ scope, actor, now }, { userId, revision, role: 'team_leader' });
    expect(await paged(scope, 'joined', 'asc')).toEqual(byJoining.with(1, 'Abe'));
    await removeUser({ scope, actor, now }, { userId, revision: revision + 1 });
    expect(await paged(scope, 'joined', 'asc')).toEqual(byJoining.toSpliced(1, 1));
    expect(await paged(scope, 'name', 'asc')).toEqual(byName.slice(0, -1));
  });

  it('are all there when an earlier version has stored them, before and after they get their places', async () => {
    const { scope, actor } = await peopled('Older');
    await asOfBefore(scope);
    const before = await usersAfter(scope, undefined, 10);
    const expectAll = async () => {
      expect(await paged(scope, 'name', 'asc')).toEqual(byName);
      expect(await paged(scope, 'joined', 'desc')).toEqual(byJoining.toReversed());
    };
    await expectAll();
    // One changes concurrently, and one is added by the new version.
    const admin = await requireUser(scope, UserId.parse(actor.by));
    const other = before.find(({ userId }) => userId !== admin.userId);
    if (other === undefined) throw new Error('nobody');
    await updateUser(
      { scope, actor, now },
      { userId: other.userId, revision: other.revision, role: 'team_leader' },
    );
    expect(await orderUsers(scope)).toBe(6);
    await expectAll();
    expect(await orderUsers(scope)).toBe(0);
    expect(await orderUsers(scope)).toBe(0);
    await expectAll();
    const after = await usersAfter(scope, undefined, 10);
    expect(after.filter(({ userId }) => userId !== other.userId)).toEqual(
      before.filter(({ userId }) => userId !== other.userId),
    );
  });

  it('are nobody of another organization', async () => {
    const { scope } = await organizationOf(plane, 'Lonely');
    expect(await usersInOrder(scope, { sort: 'name', direction: 'asc', limit: 50 })).toHaveLength(1);
    expect(await usersInOrder(scope, { sort: 'joined', direction: 'asc', limit: 50 })).toHaveLength(1);
  });
});

describe('a second factor', () => {
  it('is known once Clerk has told, and only a change of it counts as one', async () => {
    const { scope } = await organizationOf(plane, 'Factored');
    const userId = await join(scope, 'user_factored', 'team_member');
    const tell = (clerkTime: number, twoFactor?: boolean) =>
      applyIdentityEvent(
        webhook(platformScope(plane)),
        { kind: 'state', userId, organizationId: scope.organizationId, clerkTime, twoFactor },
        (id) => withinOrganization(plane, id),
      );
    expect(await tell(1)).toBe('unchanged');
    expect(await requireUser(scope, userId)).not.toHaveProperty('twoFactor');
    expect(await tell(2, false)).toBe('followed');
    expect(await requireUser(scope, userId)).toMatchObject({ twoFactor: false, revision: 1 });
    expect(await tell(3, false)).toBe('unchanged');
    expect(await tell(4, true)).toBe('followed');
    expect(await requireUser(scope, userId)).toMatchObject({ twoFactor: true, revision: 2 });
    // An older state arrives late.
    expect(await tell(3, false)).toBe('outdated');
  });
});
