import { type BeginApproved, requireApproval } from '../approval/require-approval.ts';
import type { Context } from '../context.ts';
import type { ApprovalId, OrganizationId } from '../ids.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { DepartureItem } from './departure.noun.ts';
import { departureRefusals } from './departure.refusals.ts';
import type { Departure } from './departure.schema.ts';
import { requireDeparture } from './find-departure.ts';

/**
 * Starts deleting everything an organization has, once its grace period is over and a second super admin
 * has approved exactly that. Idempotent. Throws `approval_required`, `conflict` and `not_found`.
 * @param ctx the platform's
 */
export async function beginDeletion(
  ctx: Context,
  {
    organizationId,
    approvalId,
  }: { readonly organizationId: OrganizationId; readonly approvalId?: ApprovalId },
  begin: BeginApproved,
): Promise<Departure> {
  const { scope, now } = ctx;
  const departure = await requireDeparture(scope, organizationId);
  const { stage, deletionFrom } = departure;
  if (stage === 'deleting' && departure.approvalId === approvalId) return departure;
  if (stage !== 'grace') throw departureRefusals.departure_over();
  // Checked before the approval is used up; the write checks it again.
  if (deletionFrom > now.toISOString())
    throw departureRefusals.grace_not_over({ date: deletionFrom.slice(0, 10) });
  const asked = { kind: 'organization.remove-data', input: { organizationId } } as const;
  const approval = await requireApproval(begin, approvalId, asked);
  const set = { stage: 'deleting', approvalId: approval.id, deletionStartedAt: now.toISOString() } as const;
  await transact(scope, [
    change(
      ctx,
      DepartureItem,
      { departing: organizationId },
      {
        action: 'departure.deletion-started',
        set,
        where: (item, { eq, lte }) =>
          `${eq(item.stage, 'grace')} AND ${lte(item.deletionFrom, now.toISOString())}`,
        refusal: departureRefusals.departure_over,
      },
    ),
  ]);
  return await requireDeparture(scope, organizationId);
}
