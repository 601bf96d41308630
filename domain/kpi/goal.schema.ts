import * as z from 'zod/mini';
import { rule } from '../rule.schema.ts';
import { givenDate } from '../time.schema.ts';

/** Where a KPI is to go: as high as the target, as low as it, or to stay between two values. */
export const Direction = z.enum(['up', 'down', 'between']);

/**
 * A measured number. The limits keep it exact enough in JSON and storable in DynamoDB (38 digits, exponents
 * to ±130).
 */
export const Quantity = z.number().check(
  z.minimum(-1e15),
  z.maximum(1e15),
  rule((number) => number === 0 || Math.abs(number) >= 1e-9, {
    error: 'must be 0 or at least 0.000000001 in magnitude',
    says: { jsonSchema: { not: { exclusiveMinimum: -1e-9, exclusiveMaximum: 1e-9, not: { const: 0 } } } },
  }),
);

/** Both bounds belong to the band. */
export const Band = z.strictObject({ low: Quantity, high: Quantity });

/** From the beginning of `start` to the end of `end` (UTC). */
export const Period = z.strictObject({ start: givenDate, end: givenDate });

/** What a KPI is measured by. `baseline` is where it stood at the beginning. */
export interface Goal {
  readonly direction: z.infer<typeof Direction>;
  readonly baseline: number;
  readonly target: number | z.infer<typeof Band>;
  readonly period: z.infer<typeof Period>;
}

interface Problem {
  readonly path: string;
  readonly message: string;
}

function problemOfTarget({ direction, baseline, target }: Goal): Problem | null {
  if (direction === 'between') {
    if (typeof target === 'number')
      return { path: 'target', message: 'must be {low, high} for a KPI to keep between' };
    return target.low < target.high ? null : { path: 'target.high', message: 'must be above "low"' };
  }
  if (typeof target !== 'number')
    return { path: 'target', message: `must be a number for a KPI that goes ${direction}` };
  const ahead = direction === 'up' ? target > baseline : target < baseline;
  const side = direction === 'up' ? 'above' : 'below';
  return ahead ? null : { path: 'target', message: `must be ${side} the baseline` };
}

/** What doesn't fit together in a goal whose parts are right one by one; dotted paths into it. */
export function problemsOfGoal(goal: Goal): Problem[] {
  const { start, end } = goal.period;
  const ofTarget = problemOfTarget(goal);
  return [
    ...(ofTarget === null ? [] : [ofTarget]),
    ...(end > start ? [] : [{ path: 'period.end', message: 'must be after "start"' }]),
  ];
}
