import type * as z from 'zod/mini';
import { teamsLed } from '../../../domain/access/member.ts';
import { isAdmin } from '../../../domain/access/roles.schema.ts';
import type { Context } from '../../../domain/context.ts';
import { AppError } from '../../../domain/errors.ts';
import { PLATFORM, UserId } from '../../../domain/ids.ts';
import type { Page } from '../../../domain/page.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { lastActiveDays } from '../../../domain/usage/record-activity.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { usersAfter } from '../../../domain/user/list-users.ts';
import { positionIn, UserPosition, usersInOrder } from '../../../domain/user/list-users-in-order.ts';
import { memberClaims } from '../../../domain/user/member-claims.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import type { UserListQuery } from '../../../domain/user/user.schema.ts';
import { log } from '../../log.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import type { Pager } from '../paging.ts';
import { resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { userRoutes } from './routes.ts';

export const users = ({ open, page, provider }: OrganizationDependencies) =>
  resource(userRoutes, {
    listUsers: async ({ ctx, member, query }) => {
      const { items, nextCursor } = await listed(page, { ctx, member, query });
      const isTold = query.include === 'lastActive' && isAdmin(member.role);
      const ids = isTold ? items.map(({ userId }) => userId) : [];
      const lastActive = await lastActiveDays(ctx.scope, ids, ctx.now);
      return { items: items.map((user) => shownTo(member, user, lastActive)), nextCursor };
    },
    getUser: async ({ ctx, member, assertCan, params: { userId }, query: { include } }) => {
      const isTold = include === 'lastActive' && (isAdmin(member.role) || member.userId === userId);
      const ids = isTold ? [userId] : [];
      const [user, lastActive] = await Promise.all([
        findUser(ctx.scope, userId),
        lastActiveDays(ctx.scope, ids, ctx.now),
      ]);
      if (user === null) throw notFound();
      assertCan({ userId: user.userId, teamIds: Object.keys(user.teams) });
      return shownTo(member, user, lastActive);
    },
    updateUser: ({ ctx, params: { userId }, body, revision }) =>
      updateUser(ctx, { ...body, userId, revision }),
    removeUser: async ({ ctx, params: { userId }, revision }) => {
      const { scope, now } = ctx;
      const removed = await removeUser(ctx, { userId, revision });
      // The removal is complete in any case: a claim without a member expires, and the hourly run informs
      // Clerk again.
      const claims = memberClaims(open(PLATFORM), provider.isMember);
      await claims
        .release(userId, scope.organizationId, now)
        .then(() => provider.link(userId))
        .catch(reportLater(scope));
      return removed;
    },
  });

interface Asked {
  readonly ctx: Context;
  readonly member: User;
  readonly query: z.infer<typeof UserListQuery>;
}

/** A page of the list in the requested order. */
function listed(page: Pager, { ctx, member, query }: Asked): Promise<Page<User>> {
  const { role, status, teamId, search, sort, direction } = query;
  const listing = { role, status, teamId, search, withinTeams: shownTeams(member) };
  const filter = [role, status, teamId, search];
  const paging = { ctx, route: 'listUsers', query };
  if (sort === undefined)
    return page({
      ...paging,
      filter: JSON.stringify(filter),
      parse: (text) => UserId.parse(text),
      positionOf: ({ userId }) => userId,
      after: (position, limit) => usersAfter(ctx.scope, position, limit, listing),
    });
  return page({
    ...paging,
    filter: JSON.stringify([...filter, sort, direction]),
    parse: (text) => UserPosition.parse(JSON.parse(text)),
    positionOf: (user) => JSON.stringify(positionIn(sort, user)),
    after: (position, limit) => usersInOrder(ctx.scope, { sort, direction, position, limit, listing }),
  });
}

/** A user as the reader may see them: the second factor only for admins and the user themselves. */
function shownTo(member: User, { twoFactor, ...user }: User, lastActive: ReadonlyMap<UserId, string>): User {
  const lastActiveOn = lastActive.get(user.userId);
  const isTold = isAdmin(member.role) || member.userId === user.userId;
  return {
    ...user,
    ...(isTold && twoFactor !== undefined ? { twoFactor } : {}),
    ...(lastActiveOn === undefined ? {} : { lastActiveOn }),
  };
}

/** Logs that a removed member can't join another organization yet, and why, without identifying them. */
const reportLater =
  ({ organizationId }: OrganizationScope) =>
  async (error: unknown): Promise<void> => {
    const reason = error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown';
    await log.warn('membership not forgotten yet', { organizationId, reason });
  };

/** The teams whose users the reader sees: those they lead; undefined for those who see all. */
const shownTeams = (member: User): string[] | undefined =>
  member.role === 'team_leader' ? teamsLed(member) : undefined;
