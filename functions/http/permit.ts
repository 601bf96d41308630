import { allows } from '../../domain/access/ability.ts';
import type { Permission, Subject } from '../../domain/access/permission.ts';
import type { Instance } from '../../domain/access/rules.ts';
import { AppError } from '../../domain/errors.ts';
import { type Exchange, required } from './exchange.ts';
import { forbidden } from './middleware/authorize.ts';

/** The one answer for what doesn't exist and for what the caller may not see. */
export const unseen = (): AppError =>
  new AppError('not_found', 'There is no such thing here, or you may not see it.');

/** The names of what the body holds; a body that is no object, or none, has none. */
function fieldsOf({ input }: Exchange): string[] {
  const body = input?.body;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : [];
}

/** Whether the rules allow the instance, and each field that the body has: none is allowed for standing in a schema only. */
export function allowsBody(exchange: Exchange, { action, subject }: Permission, instance: Instance): boolean {
  const ability = required(exchange.ability, 'ability');
  return (
    allows(ability, action, subject, instance) &&
    fieldsOf(exchange).every((field) => allows(ability, action, subject, instance, field))
  );
}

/**
 * Asks the rules about the instance that the handler has read, for a route that says `decides: 'handler'`. Who may see it but not do
 * this reads `forbidden`; for everybody else it doesn't exist: `not_found`, as for an id that never was.
 * @param shownAs the subject whose reading makes it visible; by default the route's own
 */
export function permit(
  exchange: Exchange,
  instance: Omit<Instance, 'organizationId'>,
  shownAs?: Subject,
): void {
  const { access } = required(exchange.route, 'route');
  if (access.kind !== 'organization') throw new AppError('internal', 'Only an organization has instances.');
  const ability = required(exchange.ability, 'ability');
  const { organizationId } = required(exchange.scope, 'scope');
  const whole = { ...instance, organizationId };
  exchange.decided = true;
  if (allowsBody(exchange, access, whole)) return;
  if (allows(ability, 'read', shownAs ?? access.subject, whole)) throw forbidden(access);
  exchange.concealed = true;
  throw unseen();
}
