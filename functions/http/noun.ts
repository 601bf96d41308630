import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Actor } from '../../domain/actor.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { User } from '../../domain/user/profile.schema.ts';
import { type Exchange, required } from './exchange.ts';
import type { FileAnswer } from './file-answer.ts';
import type { Route } from './routes/route.ts';

type Parsed<R extends Route, Part extends 'params' | 'query' | 'body'> = R[Part] extends z.ZodMiniType
  ? z.output<R[Part]>
  : undefined;
type Json<R extends Route> = R['response'] extends z.ZodMiniType ? z.input<R['response']> : undefined;
type Answer<R extends Route> = R['produces'] extends readonly string[] ? FileAnswer : Json<R>;

/** A request as a handler sees it: parsed, authenticated, permitted. */
interface Call<R extends Route> {
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  readonly now: Date;
  readonly exchange: Exchange;
  readonly event: APIGatewayProxyEventV2;
}

type Rows = Readonly<Record<string, Route>>;
type Handlers<Table extends Rows> = {
  readonly [Name in keyof Table]: (call: Call<Table[Name]>) => Promise<Answer<Table[Name]>>;
};
type Answering = (exchange: Exchange, event: APIGatewayProxyEventV2) => Promise<unknown>;

/** The routes of one noun, and what answers each: loaded by a function when the first request for one of them comes. */
export interface Noun {
  readonly routes: Rows;
  answer(name: string): Answering | undefined;
}

/** What a function serves, by the word that names the noun in the path: see `find-route.ts`. */
export type Nouns = Readonly<Record<string, () => Promise<Noun>>>;

/** Binds the rows of a noun to their handlers: every row has one. The input was parsed by that very row a step before. */
export const noun = <const Table extends Rows>(routes: Table, handlers: Handlers<Table>): Noun => ({
  routes,
  answer: (name) => {
    if (!Object.hasOwn(handlers, name)) return undefined;
    // biome-ignore lint/nursery/noUnsafeTypeAssertion: the boundary where a row's schemas become its handler's types
    const run = handlers[name] as (call: unknown) => Promise<unknown>;
    return (exchange, event) =>
      run({ ...required(exchange.input, 'input'), now: exchange.now, exchange, event });
  },
});

/** Who makes the change, as the pipeline knows them. */
export const actorOf = (exchange: Exchange): Actor => required(exchange.actor, 'actor');

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
