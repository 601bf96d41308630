import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { transact } from '../table/transaction.ts';
import { change } from '../table/writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import { InitiativeItem } from './initiative.noun.ts';
import { Initiative, type InitiativeChange, initiativeRefusals } from './initiative.schema.ts';

/** Changes an initiative. Throws `stale`, and `validation_failed` for an unknown owner. */
export async function updateInitiative(
  ctx: Context,
  before: Initiative,
  { revision, ...wanted }: InitiativeChange & { readonly revision: number },
): Promise<Initiative> {
  if (before.revision !== revision) throw stale();
  const { scope, now } = ctx;
  const { id: initiativeId, kpiId } = before;
  const { title = before.title, ownerId = before.ownerId, dueDate = before.dueDate } = wanted;
  const { status = before.status, notes = before.notes ?? null } = wanted;
  const set = { title, ownerId, dueDate, status, notes };
  await transact(scope, [
    change(ctx, InitiativeItem, { kpiId, initiativeId }, { action: 'initiative.updated', set, at: revision }),
    ...(ownerId === before.ownerId
      ? []
      : [checkActiveUser(scope, ownerId, initiativeRefusals.initiative_owner_not_found)]),
  ]);
  const { ownerName: _, ...kept } = before;
  return Initiative.parse({
    ...kept,
    ...{ ...set, notes: notes ?? undefined },
    revision: revision + 1,
    updatedAt: now.toISOString(),
  });
}
