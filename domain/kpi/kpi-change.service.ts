import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import { newKpiId } from '../ids.ts';
import { countWithinPlanWrite, countWrite } from '../organization/counters.service.ts';
import type { Plan } from '../subscription/subscription.schema.ts';
import { created, updated } from '../table/change-stamp.ts';
import { deletionRecordWrite } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, transact, update } from '../table/write.ts';
import { problemsOfGoal } from './goal.schema.ts';
import { KpiItem } from './kpi.noun.ts';
import type { Kpi, KpiChange, KpiOwner, NewKpi } from './kpi.schema.ts';
import { showKpi } from './kpi.service.ts';
import { peopleWrites } from './kpi-people.service.ts';

const holderOf = (owner: KpiOwner) =>
  owner.kind === 'team' ? `team#${owner.teamId}` : `member#${owner.userId}`;

/** What a person writes of a KPI, as it is stored. */
function contentOf({ name, description, unit, owner, assigneeIds, ...goal }: NewKpi) {
  const { direction, baseline, target, period } = goal;
  return {
    ...{ name, unit, owner, assigneeIds },
    ...(description === undefined ? {} : { description }),
    goal: { direction, baseline, target, period },
    holder: holderOf(owner),
  };
}

/**
 * Creates a KPI. Its people, its team and the plan's limit are conditions of the write. Throws
 * `validation_failed` at the field that names who or what isn't there, and `entitlement_exceeded`.
 */
export async function createKpi(
  scope: OrganizationScope,
  actor: Actor,
  { input, plan }: { readonly input: NewKpi; readonly plan: Plan },
  now: Date,
): Promise<Kpi> {
  const { organizationId } = scope;
  const item = {
    organizationId,
    kpiId: newKpiId(now),
    ...contentOf(input),
    createdBy: actor.by,
    ...created(actor, 'kpi.created', now),
  };
  await transact(scope, [
    put(scope, entityOf(KpiItem).create(item)),
    ...peopleWrites(scope, item.kpiId, null, input),
    countWithinPlanWrite(scope, { kpis: 1 }, { of: 'kpis', plan }),
  ]);
  return showKpi(item, now);
}

/** A KPI as a change would have it. Throws `validation_failed` when the whole doesn't fit together. */
export function withChange(kpi: Kpi, { description, ...change }: KpiChange): Kpi {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const { description: old, ...rest } = kpi;
  const text = description === undefined ? old : (description ?? undefined);
  const changed = { ...rest, ...given, ...(text === undefined ? {} : { description: text }) };
  const fields = problemsOfGoal(changed);
  if (fields.length > 0) throw new AppError('validation_failed', 'The KPI doesn’t fit together.', { fields });
  return changed;
}

/**
 * Makes a KPI what `withChange` says it would be. Throws `stale` when `revision` isn't the KPI's any more:
 * check-ins don't count as changes. Throws as `createKpi` does for people and teams that aren't there.
 */
export async function updateKpi(
  scope: OrganizationScope,
  actor: Actor,
  { before, after, revision }: { readonly before: Kpi; readonly after: Kpi; readonly revision: number },
  now: Date,
): Promise<Kpi> {
  if (before.revision !== revision) throw stale();
  const { organizationId } = scope;
  const { id: kpiId, createdBy, createdAt, latest } = after;
  const stamp = updated(actor, 'kpi.updated', now);
  const content = contentOf(after);
  const patch = entityOf(KpiItem)
    .patch({ organizationId, kpiId })
    .set({ ...content, ...stamp });
  const changed = (after.description === undefined ? patch.remove(['description']) : patch)
    .add({ revision: 1 })
    .composite({ organizationId, kpiId })
    .where((item, { eq }) => eq(item.revision, revision));
  await transact(scope, [update(scope, changed, stale), ...peopleWrites(scope, kpiId, before, after)]);
  const kept = { organizationId, kpiId, createdBy, createdAt, ...(latest === null ? {} : { latest }) };
  return showKpi({ ...kept, ...content, ...stamp, revision: revision + 1 }, now);
}

/**
 * Deletes a KPI. Its check-ins can't be reached any more, and the next hourly run lets them expire. Throws
 * `stale` when `revision` isn't the KPI's.
 */
export async function deleteKpi(
  scope: OrganizationScope,
  actor: Actor,
  { kpi, revision }: { readonly kpi: Kpi; readonly revision: number },
  now: Date,
): Promise<void> {
  if (kpi.revision !== revision) throw stale();
  const { organizationId } = scope;
  const gone = entityOf(KpiItem)
    .remove({ organizationId, kpiId: kpi.id })
    .where((item, { eq }) => eq(item.revision, revision));
  const deletion = { entity: 'kpi', sortKey: kpi.id, revision, item: kpi };
  await transact(scope, [
    remove(scope, gone, stale),
    ...peopleWrites(scope, kpi.id, kpi, null),
    countWrite(scope, { kpis: -1 }),
    deletionRecordWrite(scope, actor, 'kpi.deleted', deletion, now),
  ]);
}
