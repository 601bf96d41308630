import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { Actor } from '../../domain/actor.ts';
import type { Organization } from '../../domain/organization/organization.schema.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { User } from '../../domain/user/user.schema.ts';
import { type Exchange, required } from './exchange.ts';
import type { Route } from './routes/route.ts';
import type { RouteName } from './routes/routes.ts';

export type RouteHandler = (exchange: Exchange, event: APIGatewayProxyEventV2) => Promise<unknown>;
export type HandlerTable = { readonly [Name in RouteName]?: RouteHandler };

type Parsed<R extends Route, Part extends 'params' | 'query' | 'body'> = R[Part] extends z.ZodType
  ? z.output<R[Part]>
  : undefined;
type Answer<R extends Route> = R['response'] extends z.ZodType ? z.input<R['response']> : undefined;

/** A request as a handler sees it: parsed, authenticated, permitted. */
export interface Call<R extends Route> {
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  readonly actor: Actor;
  readonly now: Date;
  readonly exchange: Exchange;
}

/** Adapts a typed handler to the route table. The input was parsed by this very route's schemas a step before. */
export const handle =
  <R extends Route>(_route: R, run: (call: Call<R>) => Promise<Answer<R>>): RouteHandler =>
  (exchange) => {
    const { params, query, body } = required(exchange.input, 'input');
    const actor = required(exchange.actor, 'actor');
    // biome-ignore lint/nursery/noUnsafeTypeAssertion: the boundary where the route's schemas become its handler's types
    const call = { params, query, body, actor, now: exchange.now, exchange } as Call<R>;
    return run(call);
  };

/** The organization of the path, its scope and the caller, as the pipeline left them. */
export const tenantOf = (
  exchange: Exchange,
): { scope: OrganizationScope; organization: Organization; member: User } => ({
  scope: required(exchange.scope, 'scope'),
  organization: required(exchange.organization, 'organization'),
  member: required(exchange.member, 'member'),
});

/** The revision that the caller's change is meant for. */
export const revisionOf = (exchange: Exchange): number => required(exchange.revision, 'revision');
