import { allows } from '../../domain/access/ability.ts';
import type { Subject } from '../../domain/access/permission.ts';
import type { Instance } from '../../domain/access/rules.ts';
import { AppError } from '../../domain/errors.ts';
import { type Exchange, required } from './exchange.ts';
import { forbidden } from './middleware/authorize.ts';

/** The one answer for what doesn't exist and for what the caller may not see. */
export const unseen = (): AppError =>
  new AppError('not_found', 'There is no such thing here, or you may not see it.');

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
  if (allows(ability, access.action, access.subject, whole)) return;
  if (allows(ability, 'read', shownAs ?? access.subject, whole)) throw forbidden(access);
  exchange.concealed = true;
  throw unseen();
}
