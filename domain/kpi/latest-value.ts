import type { Context } from '../context.ts';
import type { AppError } from '../errors.ts';
import type { CheckInId } from '../ids.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change, check } from '../table/writes.ts';
import { untilWritten, writesOfDependents } from './computed-kpis.ts';
import { keptValues, latestOf, requireKpi } from './find-kpi.ts';
import { KpiItem, type RecentValue } from './kpi.noun.ts';
import type { Kpi } from './kpi.schema.ts';
import { newestCheckIns } from './list-check-ins.ts';

type Recent = readonly RecentValue[];

const ascending = (one: { readonly checkInId: CheckInId }, other: { readonly checkInId: CheckInId }) =>
  one.checkInId < other.checkInId ? -1 : 1;

/** Adds a value: ordered by time, and for equal times by creation. */
export const withValue = (recent: Recent, value: RecentValue): Recent =>
  [...recent, value].sort(ascending).slice(-keptValues);

const storedRecent = ({ recent }: Kpi): Recent | undefined =>
  recent?.map(({ checkInId, value }) => ({ checkInId, value }));

/** A KPI's last values. KPIs that predate them only have check-ins. */
async function recentOf(ctx: Context, kpi: Kpi): Promise<Recent> {
  const kept = storedRecent(kpi);
  if (kept !== undefined || kpi.latest === null) return kept ?? [];
  const found = await newestCheckIns(ctx.scope, kpi.id, keptValues);
  return found.map(({ id, value }) => ({ checkInId: id, value })).sort(ascending);
}

const isSame = (one: Recent, other: Recent) =>
  one.length === other.length &&
  one.every(({ checkInId, value }, place) => {
    const { [place]: beside } = other;
    return beside?.checkInId === checkInId && beside.value === value;
  });

interface CheckInWrite {
  /** The writes of the check-in itself. */
  readonly writes: readonly Write[];
  readonly action: 'check-in.created' | 'check-in.corrected' | 'check-in.undone';
  /** The KPI's last values afterwards. */
  readonly next: (recent: Recent) => Recent | Promise<Recent>;
}

/**
 * The writes that keep a KPI's latest values up to date, on the condition that they haven't changed,
 * together with KPIs computed from it. A check-in older than all of them only needs the KPI to exist.
 */
async function keepValues(
  ctx: Context,
  kpi: Kpi,
  { action, next }: CheckInWrite,
  refusal: () => AppError,
): Promise<Write[]> {
  const kpiId = kpi.id;
  const before = await recentOf(ctx, kpi);
  const after = await next(before);
  if (isSame(before, after)) return [check(ctx.scope, KpiItem, { kpiId }, { refusal })];
  const stored = storedRecent(kpi);
  const { feeds } = kpi;
  const values = { recent: after, isKnown: after.length > 0 };
  const own = change(
    ctx,
    KpiItem,
    { kpiId },
    {
      secondaryTo: action,
      keepsRevision: true,
      set: { latest: latestOf(after), recent: after },
      where: (item, { notExists, eq }) =>
        [
          feeds === undefined ? notExists(item.feeds) : eq(item.feeds, feeds),
          stored === undefined ? notExists(item.recent) : eq(item.recent, stored),
          ...(stored !== undefined
            ? []
            : [
                kpi.latest === null
                  ? notExists(item.latest)
                  : eq(item.latest.checkInId, `${kpi.latest.checkInId}`),
              ]),
        ].join(' AND '),
      refusal,
    },
  );
  return [own, ...(await writesOfDependents(ctx, { id: kpiId, feeds, values }, { action, refusal }))];
}

/**
 * Writes a check-in together with its KPI's last values. Starts with the KPI as read, and re-reads it if
 * another write was faster. Throws `not_found` if the KPI was deleted, and `conflict` if other writes keep
 * winning.
 */
export async function writeCheckIn(ctx: Context, kpi: Kpi, what: CheckInWrite): Promise<void> {
  let current: Kpi | null = kpi;
  await untilWritten(async (refusal) => {
    const read = current ?? (await requireKpi(ctx.scope, kpi.id, ctx.now));
    current = null;
    await transact(ctx.scope, [...what.writes, ...(await keepValues(ctx, read, what, refusal))]);
  });
}
