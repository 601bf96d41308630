import { allows, mayAllow } from '../../../domain/access/ability.ts';
import type { Permission, Subject } from '../../../domain/access/permission.ts';
import type { Ability, Instance } from '../../../domain/access/rules.ts';
import type { Context } from '../../../domain/context.ts';
import { AppError } from '../../../domain/errors.ts';
import { httpRefusals } from '../http.refusals.ts';
import type { RoleAccess } from '../route.ts';

/**
 * Asks the rules about the instance that the handler has read, and about each field of the body. Throws
 * `forbidden` for who may see it but not do this; for everybody else it doesn't exist: `not_found`, as for an
 * id that never was.
 * @param shownAs the subject whose reading makes it visible; by default the route's own
 */
export type AssertCan = (instance: Omit<Instance, 'organizationId'>, shownAs?: Subject) => void;

/** A refusal that reads like the absence of what was asked for: the trail tells them apart. */
export class ConcealedRefusal extends AppError {
  constructor({ code, message, reason, params }: AppError) {
    super(code, message, { params, reason });
  }
}

/** The one answer for what doesn't exist and for what the caller may not see. */
export const notFound = (): AppError => httpRefusals.not_found();

const forbidden = ({ action, subject }: Permission): AppError => httpRefusals.forbidden({ action, subject });

/** The names of what the body holds; a body that is no object, or none, has none. */
const fieldsOf = (body: unknown): string[] =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : [];

/**
 * Whether the rules allow the instance, and each field that the body has: none is allowed for standing in a
 * schema only.
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
 * What is decided before the input is read. Answers the instance that the path names, or null where the
 * handler decides.
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

/** Who asks the rules, in which organization. */
export interface Rights {
  readonly ctx: Context;
  readonly ability: Ability;
  /** What the path names, where that alone decided; null where the handler decides. */
  readonly instance: Instance | null;
}

/** How a handler asks the rules, where it has to decide. */
export interface Decision {
  readonly assertCan: AssertCan;
  /** For a list whose entries are decided one by one: one without entries has nothing to be decided. */
  readonly assertCanEach: () => AssertCan;
}

/**
 * Decides on the body where the path alone decides, and hands the decision to the handler where it doesn't.
 * `requireAsked` throws where the handler hasn't asked: nothing of what it found may come out.
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
