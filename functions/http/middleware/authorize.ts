import { abilityOf, allows, mayAllow, rulesFor } from '../../../domain/access/ability.ts';
import type { Permission } from '../../../domain/access/permission.ts';
import { AppError } from '../../../domain/errors.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import type { Organization } from '../../../domain/organization/profile.schema.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { type Exchange, exchangeOf, required } from '../exchange.ts';
import type { HttpMiddleware } from './find-route.ts';

/** How a function learns who calls (`member`), and opens the organization in the path (`enter`). */
export interface Tenancy {
  member(
    exchange: Exchange,
  ): Promise<{ readonly user: User; readonly organization?: Organization | undefined }>;
  /**
   * Adds `scope` and `organization`, or throws `not_found`: the same answer for a foreign organization and
   * for none.
   */
  enter(exchange: Exchange, organizationId: string): Promise<void>;
}

/** The refusal of what a role may not do. */
export const forbidden = ({ action, subject }: Permission): AppError =>
  new AppError('forbidden', `Your role may not ${action} ${subject}.`);

/**
 * Decides, from the table's present state, whether the caller may call this route. What isn't granted is
 * refused.
 */
export const authorize = (tenancy: Tenancy): HttpMiddleware => ({
  before: async ({ event }) => {
    const exchange = exchangeOf(event);
    const { access } = required(exchange.route, 'route');
    if (access.kind === 'anyone' || access.kind === 'identity') return;
    const { user: member, organization: home } = await tenancy.member(exchange);
    exchange.member = member;
    if (home !== undefined) exchange.home = home;
    await exchange.admit?.(home?.subscription.plan, member.role);
    exchange.actor = { ...required(exchange.actor, 'actor'), role: member.role, name: member.name };
    exchange.ability = abilityOf(rulesFor(member));
    const target = access.kind === 'platform' ? PLATFORM : (event.pathParameters?.organizationId ?? '');
    if (access.kind === 'organization') {
      const isPlatforms = member.role === 'super_admin' && member.organizationId === PLATFORM;
      if (!isPlatforms && member.organizationId !== target) {
        exchange.concealed = true;
        throw new AppError('not_found', 'There is no such organization.');
      }
      await tenancy.enter(exchange, target);
    }
    const { userId, teamId } = event.pathParameters ?? {};
    if (access.kind === 'organization' && access.decides === 'handler') {
      if (!mayAllow(exchange.ability, access.action, access.subject)) throw forbidden(access);
      return;
    }
    exchange.instance = { organizationId: target, userId, teamId };
    if (!allows(exchange.ability, access.action, access.subject, exchange.instance)) throw forbidden(access);
  },
});
