import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { type CheckInId, KpiId, listedCheckInId, timeOfCheckIn } from '../ids.ts';
import { rule } from '../rule.schema.ts';
import { statusRule } from './kpi-status.schema.ts';

/** The maximum number of sources. */
const mostSources = 10;

const weight = z.number().check(z.positive(), z.maximum(1000));

/** The JSON Schema of one kind of formula. */
const ifKind = (kind: string, then: object) => ({
  if: { properties: { kind: { const: kind } } },
  then,
});
const onlyOf = (kind: string) => ({ properties: { kind: { const: kind } } });

const sources = z.array(KpiId).check(
  z.minLength(2, orElse('too_few_sources')),
  z.maxLength(mostSources, orElse('too_many_at_once', { most: mostSources })),
  rule((ids) => new Set(ids).size === ids.length, {
    ...orElse('source_named_twice'),
    says: { jsonSchema: { uniqueItems: true } },
  }),
);

/** How a KPI is computed from others: their sum, the first divided by the second, or their weighted mean. */
export const Formula = z
  .strictObject({
    kind: z.enum(['sum', 'ratio', 'weighted_mean']),
    sources,
    /** For a weighted mean: a weight per source, in the same order. */
    weights: z.optional(z.array(weight).check(z.maxLength(mostSources))),
    /** For a ratio: whether it is multiplied by 100. */
    percent: z.optional(z.boolean()),
  })
  .check(
    rule(({ kind, sources: ids }) => kind !== 'ratio' || ids.length === 2, {
      ...orElse('ratio_of_two'),
      path: ['sources'],
      says: {
        jsonSchema: {
          allOf: [
            ifKind('ratio', { properties: { sources: { maxItems: 2 } } }),
            ifKind('weighted_mean', { properties: { weights: { type: 'array' } }, required: ['weights'] }),
          ],
          dependentSchemas: { percent: onlyOf('ratio'), weights: onlyOf('weighted_mean') },
        },
      },
    }),
    rule(
      ({ kind, sources: { length }, weights }) =>
        kind === 'weighted_mean' ? weights?.length === length : weights === undefined,
      { ...orElse('weight_for_each'), path: ['weights'], says: {} },
    ),
    rule(({ kind, percent }) => kind === 'ratio' || percent === undefined, {
      ...orElse('percent_of_ratio_only'),
      path: ['percent'],
      says: {},
    }),
  );
export type Formula = z.infer<typeof Formula>;

/** Why a computed KPI currently has no value. */
export const ComputedProblem = z.enum([
  'source_missing',
  'source_without_value',
  'divides_by_zero',
  'out_of_range',
]);
export type ComputedProblem = z.infer<typeof ComputedProblem>;

interface KeptValue {
  readonly checkInId: CheckInId;
  readonly value: number;
}

/** A source's last values, oldest first; `isKnown` is false if it currently has none. */
export interface SourceValues {
  readonly recent: readonly KeptValue[];
  readonly isKnown: boolean;
}

/** The result of a computation. */
export interface Computed {
  /** The last values, oldest first. */
  readonly recent: readonly KeptValue[];
  /** Whether the last one is the current value. */
  readonly isKnown: boolean;
  readonly problem: ComputedProblem | null;
}

const dayMs = 86_400_000;
const exactDigits = 12;
const [largest, smallest] = [1e15, 1e-9];

/** A result without floating-point residue, within the limits of a value. */
function rounded(value: number): number | ComputedProblem {
  if (!Number.isFinite(value) || Math.abs(value) > largest) return 'out_of_range';
  return Math.abs(value) < smallest ? 0 : Number(value.toPrecision(exactDigits));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The result of a formula for one value per source, in order. */
export function computeValue(
  { kind, weights = [], percent = false }: Formula,
  values: readonly number[],
): number | ComputedProblem {
  if (kind === 'sum') return rounded(total(values));
  if (kind === 'weighted_mean')
    return rounded(total(values.map((value, place) => value * (weights[place] ?? 0))) / total(weights));
  const [part = 0, whole = 0] = values;
  return whole === 0 ? 'divides_by_zero' : rounded((part / whole) * (percent ? 100 : 1));
}

/** A source's value at a time: its last one until then, unless older than 30 days. */
function valueAt(values: readonly (readonly [at: number, value: number])[], time: number): number | null {
  const last = values.findLast(([at]) => at <= time);
  return last === undefined || time - last[0] > statusRule.staleDays * dayMs ? null : last[1];
}

/**
 * The last values of a computed KPI: one for each time at which a source has a value and all sources are
 * known. Its current value is that of the newest time; if that can't be computed, it has none.
 * @param sources null for a deleted source
 */
export function computeValues(
  formula: Formula,
  sources: readonly (SourceValues | null)[],
  kept: number,
): Computed {
  if (sources.includes(null)) return { recent: [], isKnown: false, problem: 'source_missing' };
  const there = sources.flatMap((source) => source ?? []);
  const timed = there.map(({ recent }) =>
    recent.map(({ checkInId, value }) => [timeOfCheckIn(checkInId).getTime(), value] as const),
  );
  const times = [...new Set(timed.flat().map(([at]) => at))].sort((one, other) => one - other);
  let problem: ComputedProblem | null = 'source_without_value';
  const recent = times.flatMap((time): KeptValue[] => {
    const values = timed.map((one) => valueAt(one, time));
    const known = values.flatMap((value) => value ?? []);
    const value = known.length < values.length ? 'source_without_value' : computeValue(formula, known);
    problem = typeof value === 'number' ? null : value;
    return typeof value === 'number' ? [{ checkInId: listedCheckInId(new Date(time)), value }] : [];
  });
  if (there.some(({ isKnown }) => !isKnown)) problem = 'source_without_value';
  return { recent: recent.slice(-kept), isKnown: problem === null, problem };
}
