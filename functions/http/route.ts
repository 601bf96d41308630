import * as z from 'zod/mini';
import type { Permission } from '../../domain/access/permission.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { OrganizationId } from '../../domain/ids.ts';

/**
 * The Lambda function (entry `functions/http/<name>.ts`) that serves a route: one per audience, each with its
 * own IAM role.
 */
export type HttpFunction = 'admin' | 'organization' | 'webhooks';

/**
 * Who may call a route:
 * - `anyone`: no identity (health, the API's reference) or one the handler itself proves (a signed webhook);
 * - `identity`: a verified Clerk session, also before it belongs to an organization;
 * - `platform`: a member of the platform whose rules grant the permission;
 * - `organization`: a member of the organization in the path (or a super admin) whose rules grant the
 *   permission on the instance that the path names (`userId`, `teamId`). With `decides: 'handler'` the
 *   instance must be read first: the handler calls `assertCan`, and one that doesn't gets no answer out.
 */
type Access =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'identity' }
  | ({ readonly kind: 'platform'; readonly decides?: never } & Permission)
  | ({ readonly kind: 'organization'; readonly decides?: 'handler' } & Permission);

/** What a route that wants a session asks of its caller, and what one that wants a role does. */
export type SessionAccess = Exclude<Access, { readonly kind: 'anyone' }>;
export type RoleAccess = Extract<Access, Permission>;

type MediaType = 'text/html' | 'text/csv' | 'application/jsonl';

/**
 * One row of the route table. Schemas describe what is read of the request; what they don't name is refused.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** API Gateway's path syntax: `/api/organizations/{organizationId}`. */
  readonly path: `/api/${string}`;
  readonly function: HttpFunction;
  readonly access: Access;
  readonly summary: string;
  /**
   * Takes power from somebody: an admin's has a reserve when the organization's requests of a minute are used
   * up.
   */
  readonly isSafetyAct?: true;
  readonly status: 200 | 201 | 202 | 204;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** A body as the API document shows it, where `openapi/examples.ts` has none. */
  readonly example?: object;
  readonly response?: z.ZodMiniType;
  /**
   * Media type of an answer that is text and no JSON; `response` is a string then. Several: a file in the one
   * asked for.
   */
  readonly produces?: readonly MediaType[];
  /**
   * For how long anybody's cache may keep the answer, which is the same for everybody; without it no cache
   * may.
   */
  readonly cacheSeconds?: number;
  /** The field of the answer that is shown once: it isn't kept for a repetition by `Idempotency-Key`. */
  readonly shownOnce?: string;
  /** Codes it may refuse with beyond those that every route of its kind may: see `openapi/refusals.ts`. */
  readonly refuses?: readonly ErrorCode[];
}

/** The path parameter that every route of an organization has. */
export const organizationParams = z.strictObject({ organizationId: OrganizationId });
