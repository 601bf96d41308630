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
 * - `anyone`: no identity (health, the API's reference) or one that the handler verifies (a signed
 * webhook);
 * - `identity`: a verified Clerk session, even without an organization;
 * - `platform`: a member of the platform whose rules grant the permission;
 * - `organization`: a member of the organization in the path (or a super admin) whose rules grant the
 *   permission on the instance that the path names (`userId`, `teamId`). With `decides: 'handler'` the
 *   instance must be read first: the handler calls `assertCan`, and without that call there is no response.
 */
type Access =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'identity' }
  | ({ readonly kind: 'platform'; readonly decides?: never } & Permission)
  | ({ readonly kind: 'organization'; readonly decides?: 'handler' } & Permission);

/** What a route with a session requires of its caller, and what one with a role requires. */
export type SessionAccess = Exclude<Access, { readonly kind: 'anyone' }>;
export type RoleAccess = Extract<Access, Permission>;

type MediaType = 'text/html' | 'text/csv' | 'application/jsonl';

/** One route. Its schemas describe all accepted input; unknown fields are refused. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** API Gateway's path syntax: `/api/organizations/{organizationId}`. */
  readonly path: `/api/${string}`;
  readonly function: HttpFunction;
  readonly access: Access;
  readonly summary: string;
  /**
   * Removes rights from a user. Admins have a reserve for such requests when the organization's rate limit
   * is used up.
   */
  readonly isSafetyAct?: true;
  readonly status: 200 | 201 | 202 | 204;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** An example body for the API document, unless `openapi/examples.ts` has one. */
  readonly example?: object;
  readonly response?: z.ZodMiniType;
  /**
   * Media types of a response other than JSON; `response` is then a string. With several, the client
   * chooses.
   */
  readonly produces?: readonly MediaType[];
  /**
   * How long any cache may keep the response, which is the same for everyone; by default it must not be
   * cached.
   */
  readonly cacheSeconds?: number;
  /** A field of the response that is only shown once: it isn't stored for replays by `Idempotency-Key`. */
  readonly shownOnce?: string;
  /** Error codes beyond those of every route of its kind; see `openapi/refusals.ts`. */
  readonly refuses?: readonly ErrorCode[];
}

/** The path parameters of every organization route. */
export const organizationParams = z.strictObject({ organizationId: OrganizationId });
