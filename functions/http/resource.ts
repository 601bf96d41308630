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

/** The parsed request. Parts that the route doesn't describe are undefined. */
export type Input = Readonly<Record<Part, unknown>>;

/** What a handler of a public route gets besides its input. */
interface VisitorCall {
  readonly requestId: string;
  readonly now: Date;
}

/** The same for routes for every signed-in user. */
interface SignedInCall {
  readonly caller: Caller;
  readonly now: Date;
  readonly admit: Admit;
}

/** The same for the platform's routes. */
interface PlatformCall {
  readonly ctx: Context;
}

/** The same for an organization's routes. */
interface OrganizationCall extends PlatformCall {
  /** The organization in the path. */
  readonly organization: Organization;
  /** The caller: one of its members, or a super admin. */
  readonly member: User;
  /** The caller's rights, for decisions without an instance, such as a list's scope. */
  readonly ability: Ability;
}

/** For handlers that have to authorize the instance they work on: without that there is no response. */
interface DecidingCall extends OrganizationCall, Decision {}

/** What a handler's helpers need to read and authorize an instance. */
export type Authorizing = Pick<DecidingCall, 'ctx' | 'assertCan'>;

type Known<R extends Route> = R['access'] extends { kind: 'organization'; decides: 'handler' }
  ? DecidingCall
  : {
      anyone: VisitorCall;
      identity: SignedInCall;
      platform: PlatformCall;
      organization: OrganizationCall;
    }[R['access']['kind']];

/** A request as its handler sees it: parsed, authenticated, authorized. */
type Call<R extends Route> = Known<R> & {
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  /** The revision that the change is based on. */
  readonly revision: R['method'] extends 'PUT' | 'PATCH' | 'DELETE' ? number : undefined;
  readonly event: ApiEvent;
};

/** What the steps provide to a handler, depending on the route's access. */
export type KnownToHandler = VisitorCall | SignedInCall | PlatformCall | DecidingCall;

type Handle = (
  call: Input & KnownToHandler & { readonly revision: number | undefined; readonly event: ApiEvent },
) => Promise<unknown>;

type Rows = Readonly<Record<string, Route>>;
type Handlers<Table extends Rows> = {
  readonly [Name in keyof Table]: (call: Call<Table[Name]>) => Promise<Answer<Table[Name]>>;
};

/** A route and its handler. */
interface MatchedRoute {
  readonly name: string;
  readonly route: Route;
  readonly handle: Handle;
}

/** Added to a request by `findRoute`. */
export interface Routed {
  readonly matched: MatchedRoute;
}

/** The routes of one resource, loaded on the first request for one of them. */
export interface Resource {
  find(method: string, path: string): MatchedRoute | undefined;
}

/** The resources of a function, by the path segment that names them; see `find-route.ts`. */
export type Resources = Readonly<Record<string, () => Promise<Resource>>>;

/**
 * Binds routes to their handlers; every route needs one. The types guarantee that each handler gets its own
 * route's input.
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
