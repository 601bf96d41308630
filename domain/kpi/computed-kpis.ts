import { ulid } from 'ulid';
import type { Context } from '../context.ts';
import type { AppError } from '../errors.ts';
import { CheckInId, type KpiId } from '../ids.ts';
import { backoff } from '../table/backoff.ts';
import { findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { Write } from '../table/transaction.ts';
import { change, check } from '../table/writes.ts';
import { keptValues, latestOf, type StoredKpi } from './find-kpi.ts';
import { type Computed, computeValues, type Formula, type SourceValues } from './formula.schema.ts';
import { KpiItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';

/** A computed KPI may have computed sources, whose sources must be reported by people. */
const deepest = 2;

/** How many KPIs may be computed from one, so that a check-in fits into one transaction. */
const mostUses = 5;

/** A KPI's values, as seen by KPIs computed from it. */
const valuesOf = ({ recent, latest }: Pick<StoredKpi, 'recent' | 'latest'>): SourceValues => ({
  recent:
    recent ??
    (latest === undefined ? [] : [{ checkInId: CheckInId.parse(latest.checkInId), value: latest.value }]),
  isKnown: latest !== undefined,
});

type Known = Map<KpiId, StoredKpi>;

/** Reads those of these KPIs that aren't known yet. */
async function readInto(known: Known, scope: OrganizationScope, ids: Iterable<KpiId>): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id));
  if (missing.length === 0) return;
  const found = await findMany(
    scope,
    KpiItem,
    missing.map((kpiId) => ({ kpiId })),
  );
  for (const kpi of found) known.set(kpi.kpiId, kpi);
}

const sourcesOf = (kpi: StoredKpi | undefined): readonly KpiId[] => kpi?.formula?.sources ?? [];

/** The stored attributes of a result; the token makes concurrent computations collide. */
const stored = ({ recent, isKnown, problem }: Computed, level: number) => ({
  latest: isKnown ? latestOf(recent) : null,
  recent,
  computed: { level, token: ulid(), ...(problem === null ? {} : { problem }) },
});

/** A KPI whose values change or that is deleted. */
export interface ChangedKpi {
  readonly id: KpiId;
  /** The KPIs computed from it. */
  readonly feeds?: readonly KpiId[] | undefined;
  /** Its values afterwards; null if deleted. */
  readonly values: SourceValues | null;
}

interface Why {
  readonly action: string;
  /** Thrown if another write was faster; everything is then read again. */
  readonly refusal: () => AppError;
}

/**
 * The writes for all KPIs computed from one, in the transaction that changes its values, so that readers
 * never see an inconsistent value. Costs nothing for a KPI without dependents, otherwise up to three reads.
 */
export async function writesOfDependents(ctx: Context, changed: ChangedKpi, why: Why): Promise<Write[]> {
  const { id, feeds = [], values } = changed;
  if (feeds.length === 0) return [];
  const known: Known = new Map();
  const state = new Map<KpiId, SourceValues | null>([[id, values]]);
  await readInto(known, ctx.scope, feeds);
  const direct = feeds.flatMap((one) => known.get(one) ?? []);
  const further = direct.flatMap((one) => one.feeds ?? []);
  await readInto(known, ctx.scope, [...further, ...direct.flatMap(sourcesOf)]);
  await readInto(
    known,
    ctx.scope,
    further.flatMap((one) => sourcesOf(known.get(one))),
  );
  const dependents = [...new Set([...feeds, ...further])]
    .flatMap((one) => known.get(one) ?? [])
    .filter((kpi) => kpi.formula !== undefined && kpi.kpiId !== id)
    .sort((one, other) => (one.computed?.level ?? 0) - (other.computed?.level ?? 0));
  const valuesOfSource = (source: KpiId): SourceValues | null => {
    const kpi = known.get(source);
    const computed = state.get(source);
    if (computed !== undefined) return computed;
    return kpi === undefined ? null : valuesOf(kpi);
  };
  return dependents.map((kpi) => {
    const { kpiId, formula, computed = { level: 1, token: '' } } = kpi;
    const result = computeValues(formula ?? noFormula, sourcesOf(kpi).map(valuesOfSource), keptValues);
    state.set(kpiId, result);
    return change(
      ctx,
      KpiItem,
      { kpiId },
      {
        secondaryTo: why.action,
        keepsRevision: true,
        set: stored(result, computed.level),
        where: (item, { eq }) => eq(item.computed.token, computed.token),
        refusal: why.refusal,
      },
    );
  });
}

const noFormula: Formula = { kind: 'sum', sources: [] };

interface Definition {
  readonly id: KpiId;
  readonly name: string;
  readonly before: Formula | undefined;
  /** Undefined if the KPI is deleted. */
  readonly after: Formula | undefined;
  readonly feeds?: readonly KpiId[] | undefined;
  /** Whether sources may be missing: true when a KPI is restored. */
  readonly isReturning?: true;
}

/** Refuses sources that don't exist, form a cycle, are nested too deeply, or have too many dependents. */
async function judgeSources(
  { scope }: Context,
  { id, name, after, feeds = [], isReturning }: Definition & { readonly after: Formula },
  known: Known,
): Promise<number> {
  for (const [index, source] of after.sources.entries())
    if (!known.has(source) && isReturning !== true)
      throw kpiRefusals.kpi_source_not_found({}, { path: `formula.sources.${index}` });
  let paths = after.sources.map((source) => ({ source, path: [name, known.get(source)?.name ?? name] }));
  for (let depth = 0; paths.length > 0 && depth <= deepest + 1; depth += 1) {
    const circle = paths.find(({ source }) => source === id);
    if (circle !== undefined) throw kpiRefusals.kpi_formula_circle({ path: circle.path.join(' → ') });
    const next = paths.flatMap(({ source, path }) =>
      sourcesOf(known.get(source)).map((further) => ({ source: further, path })),
    );
    await readInto(
      known,
      scope,
      next.map(({ source }) => source),
    );
    paths = next.map(({ source, path }) => ({ source, path: [...path, known.get(source)?.name ?? name] }));
  }
  const level = 1 + Math.max(...after.sources.map((source) => known.get(source)?.computed?.level ?? 0));
  if (level + (feeds.length > 0 ? 1 : 0) > deepest) throw kpiRefusals.kpi_formula_too_deep();
  for (const source of after.sources) {
    const kpi = known.get(source);
    const uses = (kpi?.feeds ?? []).filter((one) => one !== id);
    if (uses.length >= mostUses)
      throw kpiRefusals.kpi_source_used_up({ name: kpi?.name ?? '', most: mostUses });
  }
  return level;
}

/**
 * The values of a computed KPI, and the writes that register it with its sources. Each source must still be
 * in the state that was used. Throws `validation_failed` for invalid sources.
 */
export async function defineFormula(ctx: Context, definition: Definition, why: Why) {
  const { id, before, after } = definition;
  const known: Known = new Map();
  const ids = new Set([...(before?.sources ?? []), ...(after?.sources ?? [])]);
  await readInto(known, ctx.scope, ids);
  const level = after === undefined ? 1 : await judgeSources(ctx, { ...definition, after }, known);
  const writes = [...ids].flatMap((source): Write[] => {
    const kpi = known.get(source);
    if (kpi === undefined) return [];
    const { feeds } = kpi;
    const isUsed = after?.sources.includes(source) === true;
    const next = [...(feeds ?? []).filter((one) => one !== id), ...(isUsed ? [id] : [])];
    const asRead = asItWas(kpi);
    if (isUsed && feeds?.includes(id) === true)
      return [check(ctx.scope, KpiItem, { kpiId: source }, { where: asRead, refusal: why.refusal })];
    return [
      change(
        ctx,
        KpiItem,
        { kpiId: source },
        {
          secondaryTo: why.action,
          keepsRevision: true,
          set: { feeds: next.length === 0 ? null : next },
          where: asRead,
          refusal: why.refusal,
        },
      ),
    ];
  });
  const sources = (after?.sources ?? [])
    .map((source) => known.get(source))
    .map((kpi) => kpi && valuesOf(kpi));
  const result = computeValues(
    after ?? noFormula,
    sources.map((source) => source ?? null),
    keptValues,
  );
  return { values: result, stored: stored(result, level), writes };
}

type Asked = Parameters<NonNullable<Parameters<typeof check<typeof KpiItem>>[3]['where']>>;

/** The condition that a source has the values, dependents and revision with which it was read. */
const asItWas =
  ({ revision, feeds, recent, computed }: StoredKpi) =>
  (item: Asked[0], { eq, notExists }: Asked[1]): string =>
    [
      eq(item.revision, revision),
      feeds === undefined ? notExists(item.feeds) : eq(item.feeds, feeds),
      recent === undefined ? notExists(item.recent) : eq(item.recent, recent),
      ...(computed === undefined ? [] : [eq(item.computed.token, computed.token)]),
    ].join(' AND ');

const attempts = 8;

/** Something has changed since it was read, so it must be read again. */
const overtaken = kpiRefusals.kpi_overtaken();

/**
 * Reads and writes on the condition that nothing has changed in between; retries up to eight times.
 * `attempt` passes the refusal to writes that depend on what it has read.
 */
export async function untilWritten<Result>(
  attempt: (refusal: () => AppError) => Promise<Result>,
): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(() => overtaken);
    } catch (error) {
      if (error !== overtaken || count === attempts) throw error;
      if (count > 1) await backoff(1);
    }
  }
}
