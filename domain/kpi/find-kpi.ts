import type { AppError } from '../errors.ts';
import { type KpiId, timeOfCheckIn } from '../ids.ts';
import { updatedByOf } from '../table/change-stamp.ts';
import type { Stored } from '../table/entity.ts';
import { find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { check } from '../table/writes.ts';
import { KpiItem, type RecentValue } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import { holderOf, Kpi } from './kpi.schema.ts';
import { progressOf, statusOf } from './kpi-status.schema.ts';

/** A KPI, as stored. */
export type StoredKpi = Stored<typeof KpiItem>;

/** How many values a KPI keeps. */
export const keptValues = 12;

/** The latest of a KPI's stored values, with its time. */
export const latestOf = (recent: readonly RecentValue[]) => {
  const last = recent.at(-1);
  return last === undefined ? null : { ...last, at: timeOfCheckIn(last.checkInId).toISOString() };
};

/** A stored KPI as the API shows it, with its status at `now`. */
export const showKpi = (
  { kpiId, goal, recent, computed, ...stored }: Omit<StoredKpi, 'holder' | 'changed'>,
  now: Date,
): Kpi => {
  const latest = stored.latest ?? null;
  const derived = { latest, status: statusOf(goal, latest, now), progress: progressOf(goal, latest) };
  const values = recent?.map((one) => ({ ...one, at: timeOfCheckIn(one.checkInId).toISOString() }));
  return Kpi.parse({
    ...stored,
    ...goal,
    ...derived,
    recent: values,
    computedProblem: computed?.problem,
    id: kpiId,
  });
};

/** Reads a KPI as it is now (strongly consistent), or null. */
export async function findKpi(scope: OrganizationScope, kpiId: KpiId, now: Date): Promise<Kpi | null> {
  const stored = await find(scope, KpiItem, { kpiId });
  return stored === null ? null : { ...showKpi(stored, now), updatedBy: updatedByOf(stored) };
}

/** The KPIs of these ids that exist, in any order. */
export const findKpis = async (
  scope: OrganizationScope,
  kpiIds: readonly KpiId[],
  now: Date,
): Promise<Kpi[]> =>
  (
    await findMany(
      scope,
      KpiItem,
      kpiIds.map((kpiId) => ({ kpiId })),
    )
  ).map((stored) => showKpi(stored, now));

/** The condition that a KPI still exists and has the same owner as when it was read. */
export const checkKpi = (
  scope: OrganizationScope,
  kpi: Pick<Kpi, 'id' | 'owner'>,
  refusal?: () => AppError,
): Write =>
  check(
    scope,
    KpiItem,
    { kpiId: kpi.id },
    { where: ({ holder }, { eq }) => eq(holder, holderOf(kpi)), ...(refusal && { refusal }) },
  );

/** Reads a KPI of the scope's organization. Throws `not_found`. */
export async function requireKpi(scope: OrganizationScope, kpiId: KpiId, now: Date): Promise<Kpi> {
  const kpi = await findKpi(scope, kpiId, now);
  if (kpi === null) throw kpiRefusals.kpi_not_found();
  return kpi;
}

/** The names of those of these KPIs that exist, by id. Costs one BatchGet. */
export async function nameKpis(
  scope: OrganizationScope,
  ids: readonly KpiId[],
): Promise<(readonly [id: string, name: string])[]> {
  const kpis = await findMany(
    scope,
    KpiItem,
    ids.map((kpiId) => ({ kpiId })),
  );
  return kpis.map(({ kpiId, name }) => [kpiId, name] as const);
}
