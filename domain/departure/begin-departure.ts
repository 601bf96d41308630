import type { Context } from '../context.ts';
import { collided } from '../errors.ts';
import { requireOrganization } from '../organization/find-organization.ts';
import { changeProfile } from '../organization/organization-writes.ts';
import { revised } from '../organization/update-organization.ts';
import { updatedByActor } from '../table/change-stamp.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change, create, fresh } from '../table/writes.ts';
import { DepartureItem } from './departure.noun.ts';
import { departureRefusals } from './departure.refusals.ts';
import type { Departure, NewDeparture } from './departure.schema.ts';
import { findDeparture, requireDeparture } from './find-departure.ts';

const dayMs = 86_400_000;

/**
 * Freezes an organization: from the next request on its members can read but not change anything, until the
 * departure is undone. After an undo, starting again reuses the departure with a new grace period. Throws
 * `not_found` and `already_exists`.
 * @param ctx the platform's
 */
export async function beginDeparture(
  ctx: Context,
  { organizationId, reason, graceDays }: NewDeparture,
  plane: ControlPlane,
): Promise<Departure> {
  const { actor, now } = ctx;
  const scope = withinOrganization(plane, organizationId);
  const platform = platformScope(plane);
  const [before, known] = await Promise.all([
    requireOrganization(scope),
    findDeparture(platform, organizationId),
  ]);
  if (known !== null && known.stage !== 'undone') throw departureRefusals.leaving_already();
  const frozenAt = now.toISOString();
  const deletionFrom = new Date(now.getTime() + graceDays * dayMs).toISOString();
  const after = revised({ ...before, frozenAt, deletionFrom }, { ...ctx, scope });
  const values = {
    ...({ name: before.name, reason, stage: 'grace', frozenAt, deletionFrom } as const),
    startedBy: updatedByActor(actor),
  };
  await transact(platform, [
    ...changeProfile({ ...ctx, scope }, 'organization.frozen', { before, after }, { refusal: collided }),
    departureWrite(ctx, organizationId, known, values),
  ]);
  return await requireDeparture(platform, organizationId);
}

type Started = Pick<Departure, 'name' | 'reason' | 'stage' | 'frozenAt' | 'deletionFrom' | 'startedBy'>;

function departureWrite(
  ctx: Context,
  departing: Departure['organizationId'],
  known: Departure | null,
  values: Started,
): Write {
  const refusal = departureRefusals.leaving_already;
  if (known === null) {
    const item = fresh(ctx, DepartureItem, { departing, ...values }, 'departure.started');
    return create(ctx.scope, DepartureItem, item, refusal);
  }
  const again = { action: 'departure.started', set: values, at: known.revision, refusal } as const;
  return change(ctx, DepartureItem, { departing }, again);
}
