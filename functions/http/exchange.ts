import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Role } from '../../domain/access/roles.schema.ts';
import type { Ability, Instance } from '../../domain/access/rules.ts';
import type { Actor } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import type { beginRequest, KeyedRequest } from '../../domain/idempotency/idempotency.service.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';
import type { Plan } from '../../domain/subscription/subscription.schema.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { User } from '../../domain/user/profile.schema.ts';
import type { Identity } from './identity.ts';
import type { Route } from './routes/route.ts';

/** What is known of one request, step by step: each middleware adds its part, the handler reads all. */
export interface Exchange {
  readonly requestId: string;
  readonly now: Date;
  /** Name of the row in the route table. */
  name?: string;
  route?: Route;
  answer?: (exchange: Exchange, event: APIGatewayProxyEventV2) => Promise<unknown>;
  identity?: Identity;
  actor?: Actor;
  member?: User;
  ability?: Ability;
  /** The caller's own organization as it was read with their membership; the platform has none. */
  home?: Organization;
  /**
   * Holds the request's number in its minute against the caller's plan. Throws `rate_limited`. Absent where
   * nobody's allowance is used.
   */
  admit?: (plan: Plan | undefined, role: Role) => Promise<void>;
  /** Whether the caller turned out to be a member. */
  admitted?: boolean;
  /** Whether the caller was refused as if what they asked for didn't exist. */
  concealed?: boolean;
  /** The record of the session's beginning, on its way beside the request. */
  recording?: Promise<void>;
  /** What the path names, where that alone decided. */
  instance?: Instance;
  /** Whether the handler has asked the rules about the instance it works on. */
  decided?: boolean;
  /** The organization of the path. */
  organization?: Organization;
  /** The right to read and write that organization; the platform's own for a route of the platform. */
  scope?: OrganizationScope;
  /** The revisions that a change is meant for, from `If-Match`, and the one of them that is tried. */
  revisions?: readonly number[];
  revision?: number;
  input?: Input;
  /** The request as its `Idempotency-Key` names it, once it has begun. */
  keyed?: KeyedRequest;
  /** What the request was answered with the first time. */
  kept?: NonNullable<Awaited<ReturnType<typeof beginRequest>>>;
  /** The note that somebody used the product, under way beside the handler. */
  activity?: Promise<void>;
}

/** The parsed request. A part the route doesn't describe is undefined. */
interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

// Keyed by the event itself, so that nothing of a request can outlive it or be seen by another.
const exchanges = new WeakMap<APIGatewayProxyEventV2, Exchange>();

/** The exchange of a request; the first call begins it. */
export function exchangeOf(event: APIGatewayProxyEventV2): Exchange {
  const known = exchanges.get(event);
  if (known !== undefined) return known;
  const begun: Exchange = { requestId: event.requestContext.requestId, now: new Date() };
  exchanges.set(event, begun);
  return begun;
}

/** A part an earlier step must have added. Its absence is a mistake in the pipeline: refuse, never assume. */
export function required<Value>(value: Value | undefined, part: string): Value {
  if (value === undefined) throw new AppError('internal', `The pipeline reached a step without its ${part}.`);
  return value;
}
