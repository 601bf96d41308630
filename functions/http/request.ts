import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Actor } from '../../domain/actor.ts';
import type { Identity } from './identity.ts';
import type { SessionAccess } from './route.ts';

export type ApiEvent = APIGatewayProxyEventV2;
export type ApiAnswer = APIGatewayProxyStructuredResultV2;

/** How a request ended: with an answer, or with the error that is about to become one. */
export type Outcome =
  | { readonly answer: ApiAnswer; readonly error?: never }
  | { readonly answer?: never; readonly error: unknown };

/** What must happen once the outcome is known, before the answer leaves. It rejects for nobody's request. */
export type Settle = (outcome: Outcome) => void | Promise<void>;

/**
 * The event of the HTTP API with what every step may know of it. Each middleware adds a part, which its type
 * names.
 */
export interface ApiRequest extends ApiEvent {
  readonly requestId: string;
  readonly now: Date;
  /**
   * A step adds what it owes as soon as it owes it; `settle` runs all of it, the latest first, on every path.
   */
  readonly settlements: Settle[];
  /** What is found out on the way for the line that says how it ended. */
  readonly seen: Seen;
}

/** See `measure`. */
interface Seen {
  /** The plan of the organization that was opened, or `platform`. */
  tier: string;
  /** Another function has answered it. */
  isForwarded: boolean;
}

/** Somebody with a verified session; the actor has the least of roles until their membership is read. */
export interface Caller {
  readonly identity: Identity;
  readonly actor: Actor;
}

/**
 * Added by `authenticate`: nobody in particular where the route is for anyone, else who calls, or what has
 * another function ask that.
 */
export interface Authenticated {
  readonly entry:
    | { readonly caller: null }
    | { readonly caller: Caller; readonly access: SessionAccess }
    | { readonly passOn: () => Promise<ApiAnswer> };
}

/**
 * A middleware of the pipeline. None returns anything: middy would take that for the answer, and leave out
 * every `after`.
 */
export type HttpMiddleware<Request extends ApiRequest = ApiRequest> = MiddlewareObj<Request, ApiAnswer>;

/**
 * A middleware that learns something of the request and adds it, for those that follow and for the handler.
 */
export const enrich = <Known extends ApiRequest, Learned extends object>(
  find: (request: Known) => Learned | Promise<Learned>,
): HttpMiddleware<Known & Learned> => ({
  before: async ({ event }) => {
    Object.assign(event, await find(event));
  },
});
