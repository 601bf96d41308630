import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Actor } from '../../domain/actor.ts';
import type { Identity } from './identity.ts';
import type { SessionAccess } from './route.ts';

export type ApiEvent = APIGatewayProxyEventV2;
export type ApiAnswer = APIGatewayProxyStructuredResultV2;

/** The outcome of a request: a response, or the error that will become one. */
export type Outcome =
  | { readonly answer: ApiAnswer; readonly error?: never }
  | { readonly answer?: never; readonly error: unknown };

/** What must happen once the outcome is known, before the response is sent. Must not reject. */
export type Settle = (outcome: Outcome) => void | Promise<void>;

/** The HTTP API's event, extended by the pipeline. Each middleware adds a part that its type names. */
export interface ApiRequest extends ApiEvent {
  readonly requestId: string;
  readonly now: Date;
  /**
   * Steps register settlements as soon as they need them; `settle` runs all of them, latest first, whatever
   * the outcome.
   */
  readonly settlements: Settle[];
  /** Collected for the request's log line. */
  readonly seen: Seen;
}

/** See `measure`. */
interface Seen {
  /** The plan of the opened organization, or `platform`. */
  tier: string;
  /** Whether another function has responded. */
  isForwarded: boolean;
}

/** A user with a verified session. The actor has the lowest role until the membership is read. */
export interface Caller {
  readonly identity: Identity;
  readonly actor: Actor;
}

/**
 * Added by `authenticate`: no one for public routes, otherwise the caller, or a function that forwards the
 * request.
 */
export interface Authenticated {
  readonly entry:
    | { readonly caller: null }
    | { readonly caller: Caller; readonly access: SessionAccess }
    | { readonly passOn: () => Promise<ApiAnswer> };
}

/**
 * A middleware of the pipeline. It must not return anything: middy would take that as the response and skip
 * every `after`.
 */
export type HttpMiddleware<Request extends ApiRequest = ApiRequest> = MiddlewareObj<Request, ApiAnswer>;

/** A middleware that adds what it has found out to the request, for later ones and the handler. */
export const enrich = <Known extends ApiRequest, Learned extends object>(
  find: (request: Known) => Learned | Promise<Learned>,
): HttpMiddleware<Known & Learned> => ({
  before: async ({ event }) => {
    Object.assign(event, await find(event));
  },
});
