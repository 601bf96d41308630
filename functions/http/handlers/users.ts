import { teamsLed } from '../../../domain/access/member.ts';
import { AppError } from '../../../domain/errors.ts';
import { PLATFORM, UserId } from '../../../domain/ids.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import { memberClaims } from '../../../domain/user/member-claim.service.ts';
import { changeUser, removeUser } from '../../../domain/user/membership.service.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { findUser, usersAfter } from '../../../domain/user/user.service.ts';
import { log } from '../../log.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { permit, unseen } from '../permit.ts';
import { userRoutes } from '../routes/users.routes.ts';

/** An organization's users. */
export const users = ({ open, page, provider }: OrganizationParts) =>
  noun(userRoutes, {
    listUsers: ({ query, now, exchange, params }) => {
      const { scope, member } = tenantOf(exchange);
      const { limit: _, cursor: __, ...filter } = query;
      const listing = { ...filter, withinTeams: shownTeams(member) };
      return page({
        use: {
          viewer: actorOf(exchange).by,
          organizationId: params.organizationId,
          route: 'listUsers',
          filter: JSON.stringify([filter.role, filter.status, filter.teamId, filter.search]),
        },
        query,
        now,
        parse: (text) => UserId.parse(text),
        positionOf: ({ userId }) => userId,
        after: (position, limit) => usersAfter(scope, position, limit, listing),
      });
    },
    getUser: async ({ params, exchange }) => {
      const user = await findUser(tenantOf(exchange).scope, params.userId);
      if (user === null) throw unseen();
      permit(exchange, { userId: user.userId, teamIds: Object.keys(user.teams) });
      return user;
    },
    updateUser: ({ params, body, now, exchange }) => {
      const change = { ...body, userId: params.userId, revision: revisionOf(exchange) };
      return changeUser(tenantOf(exchange).scope, actorOf(exchange), change, now);
    },
    removeUser: async ({ params, now, exchange }) => {
      const removal = { userId: params.userId, revision: revisionOf(exchange) };
      const { scope } = tenantOf(exchange);
      const removed = await removeUser(scope, actorOf(exchange), removal, now);
      // The removal stands whatever comes of this: a claim without a member ages, and the hourly run tells
      // Clerk once more.
      const claims = memberClaims(open(PLATFORM), open);
      await claims
        .release(params.userId, scope.organizationId, now)
        .then(() => provider.link(params.userId))
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
