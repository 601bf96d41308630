import type { Context } from '../context.ts';
import { type CheckInId, timeOfCheckIn } from '../ids.ts';
import { backoff } from '../table/backoff.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change, check } from '../table/writes.ts';
import { requireKpi } from './find-kpi.ts';
import { KpiItem, type RecentValue } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import type { Kpi } from './kpi.schema.ts';
import { newestCheckIns } from './list-check-ins.ts';

/** How many values a KPI keeps. */
export const keptValues = 12;

const attempts = 8;

/** The KPI has changed since it was read and must be read again. */
const overtaken = kpiRefusals.kpi_overtaken();
const asOvertaken = () => overtaken;

type Recent = readonly RecentValue[];

const ascending = (one: { readonly checkInId: CheckInId }, other: { readonly checkInId: CheckInId }) =>
  one.checkInId < other.checkInId ? -1 : 1;

/** Values with one more: by the time they are for, and of two for the same time the one made later last. */
export const withValue = (recent: Recent, value: RecentValue): Recent =>
  [...recent, value].sort(ascending).slice(-keptValues);

const storedRecent = ({ recent }: Kpi): Recent | undefined =>
  recent?.map(({ checkInId, value }) => ({ checkInId, value }));

/** A KPI's last values. One that was written before they were kept has them only as check-ins. */
async function recentOf(ctx: Context, kpi: Kpi): Promise<Recent> {
  const kept = storedRecent(kpi);
  if (kept !== undefined || kpi.latest === null) return kept ?? [];
  const found = await newestCheckIns(ctx.scope, kpi.id, keptValues);
  return found.map(({ id, value }) => ({ checkInId: id, value })).sort(ascending);
}

const latestOf = (recent: Recent) => {
  const last = recent.at(-1);
  return last === undefined ? null : { ...last, at: timeOfCheckIn(last.checkInId).toISOString() };
};

const isSame = (one: Recent, other: Recent) =>
  one.length === other.length &&
  one.every(({ checkInId, value }, place) => {
    const { [place]: beside } = other;
    return beside?.checkInId === checkInId && beside.value === value;
  });

interface CheckInWrite {
  /** What is written of the check-in itself. */
  readonly writes: readonly Write[];
  readonly action: 'check-in.created' | 'check-in.corrected' | 'check-in.undone';
  /** The KPI's last values afterwards, from those before. */
  readonly next: (recent: Recent) => Recent | Promise<Recent>;
}

/**
 * The write that keeps a KPI's latest value and its last ones up to date, on the condition that they are
 * still what they were. A check-in that is older than all of them only needs the KPI to exist.
 */
async function keepValues(ctx: Context, kpi: Kpi, { action, next }: CheckInWrite): Promise<Write> {
  const kpiId = kpi.id;
  const before = await recentOf(ctx, kpi);
  const after = await next(before);
  if (isSame(before, after)) return check(ctx.scope, KpiItem, { kpiId }, { refusal: asOvertaken });
  const stored = storedRecent(kpi);
  return change(
    ctx,
    KpiItem,
    { kpiId },
    {
      secondaryTo: action,
      keepsRevision: true,
      set: { latest: latestOf(after), recent: after },
      where: ({ recent, latest }, { notExists, eq }) =>
        stored === undefined
          ? `${notExists(recent)} AND ${kpi.latest === null ? notExists(latest) : eq(latest.checkInId, `${kpi.latest.checkInId}`)}`
          : eq(recent, stored),
      refusal: asOvertaken,
    },
  );
}

/**
 * Writes a check-in together with its KPI's last values: with the KPI as it was read, or read again when
 * another write was faster. Throws `not_found` when the KPI is gone, and `conflict` when other writes are
 * faster each time.
 */
export async function writeCheckIn(ctx: Context, kpi: Kpi, what: CheckInWrite): Promise<void> {
  let current = kpi;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await transact(ctx.scope, [...what.writes, await keepValues(ctx, current, what)]);
      return;
    } catch (error) {
      if (error !== overtaken || attempt === attempts) throw error;
      if (attempt > 1) await backoff(1);
      current = await requireKpi(ctx.scope, kpi.id, ctx.now);
    }
  }
}
