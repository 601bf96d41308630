import type { Context } from '../context.ts';
import { collided } from '../errors.ts';
import type { OrganizationId } from '../ids.ts';
import { findOrganization } from '../organization/find-organization.ts';
import { changeProfile } from '../organization/organization-writes.ts';
import { revised } from '../organization/update-organization.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { DepartureItem } from './departure.noun.ts';
import { departureRefusals } from './departure.refusals.ts';
import type { Departure } from './departure.schema.ts';
import { requireDeparture } from './find-departure.ts';

/**
 * Undoes a departure: members can change things again from the next request on. Possible until the deletion
 * starts, even after the grace period. Both are conditional on the stage, so that only one of them can
 * happen. Throws `not_found` and `conflict`.
 * @param ctx the platform's
 */
export async function undoDeparture(
  ctx: Context,
  organizationId: OrganizationId,
  plane: ControlPlane,
): Promise<Departure> {
  const scope = withinOrganization(plane, organizationId);
  const platform = platformScope(plane);
  const [{ stage }, before] = await Promise.all([
    requireDeparture(platform, organizationId),
    findOrganization(scope),
  ]);
  if (stage !== 'grace' || before === null) throw departureRefusals.departure_over();
  const { frozenAt: _, deletionFrom: __, ...stays } = before;
  const after = revised(stays, { ...ctx, scope });
  await transact(platform, [
    change(
      ctx,
      DepartureItem,
      { departing: organizationId },
      {
        action: 'departure.undone',
        set: { stage: 'undone' },
        where: (departure, { eq }) => eq(departure.stage, 'grace'),
        refusal: departureRefusals.departure_over,
      },
    ),
    ...changeProfile({ ...ctx, scope }, 'organization.unfrozen', { before, after }, { refusal: collided }),
  ]);
  return await requireDeparture(platform, organizationId);
}
