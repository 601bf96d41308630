import * as z from 'zod/mini';
import type { FieldError } from '../errors.ts';
import { fieldError, orElse } from '../field-errors.ts';
import { rule } from '../rule.schema.ts';
import { givenDate } from '../time.schema.ts';

/** The direction of a KPI: up to the target, down to it, or between two values. */
export const Direction = z.enum(['up', 'down', 'between']);

/**
 * A measured number, limited so that it is exact enough in JSON and storable in DynamoDB (38 digits,
 * exponents to ±130).
 */
export const Quantity = z.number().check(
  z.minimum(-1e15),
  z.maximum(1e15),
  rule((number) => number === 0 || Math.abs(number) >= 1e-9, {
    ...orElse('too_close_to_zero'),
    says: { jsonSchema: { not: { exclusiveMinimum: -1e-9, exclusiveMaximum: 1e-9, not: { const: 0 } } } },
  }),
);

/** Both bounds are inclusive. */
export const Band = z.strictObject({ low: Quantity, high: Quantity });

/** From the start of `start` to the end of `end` (UTC). */
export const Period = z.strictObject({ start: givenDate, end: givenDate });

/** What a KPI is measured against. `baseline` is its starting value. */
export interface Goal {
  readonly direction: z.infer<typeof Direction>;
  readonly baseline: number;
  readonly target: number | z.infer<typeof Band>;
  readonly period: z.infer<typeof Period>;
}

function problemOfTarget({ direction, baseline, target }: Goal): FieldError | null {
  if (direction === 'between') {
    if (typeof target === 'number') return fieldError('target', 'target_not_a_band');
    return target.low < target.high ? null : fieldError('target.high', 'target_not_above_low');
  }
  if (typeof target !== 'number') return fieldError('target', 'target_not_a_number', { direction });
  if (direction === 'up') return target > baseline ? null : fieldError('target', 'target_not_above_baseline');
  return target < baseline ? null : fieldError('target', 'target_not_below_baseline');
}

/** The contradictions in a goal whose parts are valid individually, with their paths. */
export function problemsOfGoal(goal: Goal): FieldError[] {
  const { start, end } = goal.period;
  const ofTarget = problemOfTarget(goal);
  return [
    ...(ofTarget === null ? [] : [ofTarget]),
    ...(end > start ? [] : [fieldError('period.end', 'end_not_after_start')]),
  ];
}
