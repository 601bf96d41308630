import type * as z from 'zod/mini';
import type { Ability } from '../../domain/access/rules.ts';
import type { Context } from '../../domain/context.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';
import type { User } from '../../domain/user/profile.schema.ts';
import type { FileAnswer } from './file-answer.ts';
import type { ApiEvent, Caller } from './request.ts';
import type { Route } from './route.ts';
import type { Decision } from './steps/authorize.ts';
import type { Admit } from './steps/count-request.ts';

type Part = 'params' | 'query' | 'body';
type Parsed<R extends Route, P extends Part> = R[P] extends z.ZodMiniType ? z.output<R[P]> : undefined;
type Json<R extends Route> = R['response'] extends z.ZodMiniType ? z.input<R['response']> : undefined;
type Answer<R extends Route> = R['produces'] extends readonly string[] ? FileAnswer : Json<R>;

/** The parsed request. A part that the route doesn't describe is undefined. */
export type Input = Readonly<Record<Part, unknown>>;

/** What a handler knows beside the input, where the route is for anyone. */
interface VisitorCall {
  readonly requestId: string;
  readonly now: Date;
}

/** Where the route is for everybody who is signed in. */
interface SignedInCall {
  readonly caller: Caller;
  readonly now: Date;
  readonly admit: Admit;
}

/** Where the route is one of the platform's. */
interface PlatformCall {
  readonly ctx: Context;
}

/** Where the route is one of an organization's. */
interface OrganizationCall extends PlatformCall {
  /** The organization of the path. */
  readonly organization: Organization;
  /** The caller: a member of it, or the platform's super admin. */
  readonly member: User;
  /** What the caller may do, for what has no instance to ask about: the shape of a list. */
  readonly ability: Ability;
}

/** Where the handler has to ask about the instance that it works on: no answer comes out unless it did. */
interface DecidingCall extends OrganizationCall, Decision {}

/** What a handler's own functions need to read an instance and to ask about it. */
export type Authorizing = Pick<DecidingCall, 'ctx' | 'assertCan'>;

type Known<R extends Route> = R['access'] extends { kind: 'organization'; decides: 'handler' }
  ? DecidingCall
  : {
      anyone: VisitorCall;
      identity: SignedInCall;
      platform: PlatformCall;
      organization: OrganizationCall;
    }[R['access']['kind']];

/** A request as the handler of this row sees it: parsed, authenticated, permitted. */
type Call<R extends Route> = Known<R> & {
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  /** The state that the change is meant for. */
  readonly revision: R['method'] extends 'PUT' | 'PATCH' | 'DELETE' ? number : undefined;
  readonly event: ApiEvent;
};

/** What the steps have found out for a handler, by the kind of its route. */
export type KnownToHandler = VisitorCall | SignedInCall | PlatformCall | DecidingCall;

type Handle = (
  call: Input & KnownToHandler & { readonly revision: number | undefined; readonly event: ApiEvent },
) => Promise<unknown>;

type Rows = Readonly<Record<string, Route>>;
type Handlers<Table extends Rows> = {
  readonly [Name in keyof Table]: (call: Call<Table[Name]>) => Promise<Answer<Table[Name]>>;
};

/** A row of the route table, and what answers it. */
interface MatchedRoute {
  readonly name: string;
  readonly route: Route;
  readonly handle: Handle;
}

/** What `findRoute` adds to a request. */
export interface Routed {
  readonly matched: MatchedRoute;
}

/** The routes of one resource: loaded by a function when the first request for one of them comes. */
export interface Resource {
  find(method: string, path: string): MatchedRoute | undefined;
}

/** What a function serves, by the word that names the resource in the path: see `find-route.ts`. */
export type Resources = Readonly<Record<string, () => Promise<Resource>>>;

/**
 * Binds rows to their handlers: every row has one. What it is called with was made by that very row, step by
 * step.
 */
export function resource<const Table extends Rows>(routes: Table, handlers: Handlers<Table>): Resource {
  const matches = new Map<string, MatchedRoute>();
  for (const [name, route] of Object.entries(routes)) {
    // biome-ignore lint/nursery/noUnsafeTypeAssertion: the boundary where a row's schemas become its handler's types
    const handle = handlers[name] as unknown as Handle;
    matches.set(`${route.method} ${route.path}`, { name, route, handle });
  }
  return { find: (method, path) => matches.get(`${method} ${path}`) };
}
