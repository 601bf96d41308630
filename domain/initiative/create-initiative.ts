import { ulid } from 'ulid';
import { type Context, naming } from '../context.ts';
import { checkKpi } from '../kpi/find-kpi.ts';
import { holderOf, type Kpi } from '../kpi/kpi.schema.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import { InitiativeItem } from './initiative.noun.ts';
import {
  type Initiative,
  InitiativeId,
  initiativeRefusals,
  type NewInitiative,
} from './initiative.schema.ts';
import { showInitiative } from './list-initiatives.ts';

/**
 * Creates an initiative on a KPI. Throws `validation_failed` for an unknown owner, and `conflict` if the
 * KPI was deleted or moved meanwhile.
 */
export async function createInitiative(
  given: Context,
  { kpi, input }: { readonly kpi: Kpi; readonly input: NewInitiative },
): Promise<Initiative> {
  const ctx = naming(given, [kpi.id, kpi.name]);
  const { scope, actor, now } = ctx;
  const initiativeId = InitiativeId.parse(`initiative_${ulid(now.getTime())}`);
  const item = fresh(
    ctx,
    InitiativeItem,
    { ...input, initiativeId, kpiId: kpi.id, holder: holderOf(kpi), createdBy: actor.by },
    'initiative.created',
  );
  await transact(scope, [
    checkActiveUser(scope, input.ownerId, initiativeRefusals.initiative_owner_not_found),
    checkKpi(scope, kpi),
    create(scope, InitiativeItem, item),
  ]);
  return showInitiative(item, kpi);
}

/** Restores a deleted initiative under its id. Throws like `createInitiative`. */
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
    // A revision after the deletion's, which identifies the deletion.
    { createdAt, revision: revision + 1 },
  );
  await transact(scope, [
    checkActiveUser(scope, ownerId, initiativeRefusals.initiative_owner_not_found),
    checkKpi(scope, kpi),
    create(scope, InitiativeItem, item),
  ]);
}
