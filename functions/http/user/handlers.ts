import { teamsLed } from '../../../domain/access/member.ts';
import { AppError } from '../../../domain/errors.ts';
import { PLATFORM, UserId } from '../../../domain/ids.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { usersAfter } from '../../../domain/user/list-users.ts';
import { memberClaims } from '../../../domain/user/member-claims.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { log } from '../../log.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { userRoutes } from './routes.ts';

/** An organization's users. */
export const users = ({ open, page, provider }: OrganizationDependencies) =>
  resource(userRoutes, {
    listUsers: ({ ctx, member, query }) => {
      const { limit: _, cursor: __, ...filter } = query;
      const listing = { ...filter, withinTeams: shownTeams(member) };
      return page({
        ctx,
        route: 'listUsers',
        filter: JSON.stringify([filter.role, filter.status, filter.teamId, filter.search]),
        query,
        parse: (text) => UserId.parse(text),
        positionOf: ({ userId }) => userId,
        after: (position, limit) => usersAfter(ctx.scope, position, limit, listing),
      });
    },
    getUser: async ({ ctx, assertCan, params }) => {
      const user = await findUser(ctx.scope, params.userId);
      if (user === null) throw notFound();
      assertCan({ userId: user.userId, teamIds: Object.keys(user.teams) });
      return user;
    },
    updateUser: ({ ctx, params: { userId }, body, revision }) =>
      updateUser(ctx, { ...body, userId, revision }),
    removeUser: async ({ ctx, params: { userId }, revision }) => {
      const { scope, now } = ctx;
      const removed = await removeUser(ctx, { userId, revision });
      // The removal stands whatever comes of this: a claim without a member ages, and the hourly run tells
      // Clerk once more.
      const claims = memberClaims(open(PLATFORM), open);
      await claims
        .release(userId, scope.organizationId, now)
        .then(() => provider.link(userId))
        .catch(reportLater(scope));
      return removed;
    },
  });

/** Says that a removed member isn't free for other organizations yet, and why, without saying who. */
const reportLater =
  ({ organizationId }: OrganizationScope) =>
  async (error: unknown): Promise<void> => {
    const reason = error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown';
    await log.warn('membership not forgotten yet', { organizationId, reason });
  };

/** The teams whose users a list shows its reader: a leader's own; undefined for those who see all. */
const shownTeams = (member: User): string[] | undefined =>
  member.role === 'team_leader' ? teamsLed(member) : undefined;
