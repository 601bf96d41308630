import { allows, mayAllow } from '../../../domain/access/ability.ts';
import type { Permission, Subject } from '../../../domain/access/permission.ts';
import type { Ability, Instance } from '../../../domain/access/rules.ts';
import type { Context } from '../../../domain/context.ts';
import { AppError } from '../../../domain/errors.ts';
import { httpRefusals } from '../http.refusals.ts';
import type { RoleAccess } from '../route.ts';

/**
 * Checks the rules for the instance that the handler has read, and for each field of the body. Throws
 * `forbidden` if the caller may see it but not do this, otherwise `not_found`, as for an id that never
 * existed.
 * @param shownAs the subject that makes it visible when readable; by default the route's own
 */
export type AssertCan = (instance: Omit<Instance, 'organizationId'>, shownAs?: Subject) => void;

/** A refusal disguised as absence; the audit log tells them apart. */
export class ConcealedRefusal extends AppError {
  constructor({ code, message, reason, params }: AppError) {
    super(code, message, { params, reason });
  }
}

/** The same response for what doesn't exist and for what the caller may not see. */
export const notFound = (): AppError => httpRefusals.not_found();

const forbidden = ({ action, subject }: Permission): AppError => httpRefusals.forbidden({ action, subject });

/** The body's field names; none unless it is an object. */
const fieldsOf = (body: unknown): string[] =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : [];

/**
 * Whether the rules allow the instance and each field of the body: being in the schema alone doesn't allow
 * a field.
 */
export const allowsBody = (
  ability: Ability,
  { action, subject }: Permission,
  instance: Instance,
  body: unknown,
): boolean =>
  allows(ability, action, subject, instance) &&
  fieldsOf(body).every((field) => allows(ability, action, subject, instance, field));

/**
 * Decisions that are possible before the input is parsed. Returns the instance named by the path, or null
 * if the handler decides.
 */
export function assertPath(
  ability: Ability,
  access: RoleAccess,
  { userId, teamId }: Readonly<Record<string, string | undefined>>,
  organizationId: string,
): Instance | null {
  if (access.decides === 'handler') {
    if (!mayAllow(ability, access.action, access.subject)) throw forbidden(access);
    return null;
  }
  const instance = { organizationId, userId, teamId };
  if (!allows(ability, access.action, access.subject, instance)) throw forbidden(access);
  return instance;
}

/** The caller's rights in an organization. */
export interface Rights {
  readonly ctx: Context;
  readonly ability: Ability;
  /** The instance named by the path, if that was enough to decide; null if the handler decides. */
  readonly instance: Instance | null;
}

/** How a handler authorizes instances. */
export interface Decision {
  readonly assertCan: AssertCan;
  /** For lists whose items are authorized one by one; an empty list needs no decision. */
  readonly assertCanEach: () => AssertCan;
}

/**
 * Authorizes the body where the path alone is enough, otherwise passes the decision to the handler.
 * `requireAsked` throws if the handler hasn't authorized anything, so that nothing it has read gets out.
 */
export function decide(
  { ctx, ability, instance }: Rights,
  access: RoleAccess,
  body: unknown,
): Decision & { requireAsked(): void } {
  if (instance !== null && !allowsBody(ability, access, instance, body)) throw forbidden(access);
  let isAsked = instance !== null;
  const assertCan: AssertCan = (part, shownAs = access.subject) => {
    isAsked = true;
    const whole = { ...part, organizationId: ctx.scope.organizationId };
    if (allowsBody(ability, access, whole, body)) return;
    throw allows(ability, 'read', shownAs, whole) ? forbidden(access) : new ConcealedRefusal(notFound());
  };
  return {
    assertCan,
    assertCanEach: () => {
      isAsked = true;
      return assertCan;
    },
    requireAsked: () => {
      if (!isAsked) throw new AppError('internal', 'the handler answered without having asked the rules');
    },
  };
}
