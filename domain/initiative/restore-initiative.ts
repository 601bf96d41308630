import type { Context } from '../context.ts';
import { checkKpi } from '../kpi/find-kpi.ts';
import { holderOf, type Kpi } from '../kpi/kpi.schema.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import { InitiativeItem } from './initiative.noun.ts';
import { type Initiative, initiativeRefusals } from './initiative.schema.ts';

/** Brings a deleted initiative back under its id. Throws as `createInitiative` does. */
export async function restoreInitiative(ctx: Context, kpi: Kpi, initiative: Initiative): Promise<void> {
  const { scope } = ctx;
  const { id: initiativeId, title, ownerId, dueDate, status, notes, createdBy } = initiative;
  const { createdAt, revision } = initiative;
  const item = fresh(
    ctx,
    InitiativeItem,
    {
      ...{ initiativeId, title, ownerId, dueDate, status, notes, createdBy },
      kpiId: kpi.id,
      holder: holderOf(kpi),
    },
    'initiative.restored',
    // Another revision than that of the deletion, which is known by it.
    { createdAt, revision: revision + 1 },
  );
  await transact(scope, [
    checkActiveUser(scope, ownerId, initiativeRefusals.initiative_owner_not_found),
    checkKpi(scope, kpi),
    create(scope, InitiativeItem, item),
  ]);
}
