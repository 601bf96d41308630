import * as z from 'zod';
import { LocalProblem } from '../problem.ts';

/** Whether one scalar of a record satisfies one rule. `undefined`: the record has no such field. */
export type Matcher = (value: unknown) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

type Comparison = (value: number, bound: number) => boolean;
const comparisons: Readonly<Record<string, Comparison>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const onText = (test: (text: string) => boolean): Matcher => {
  return (value) => typeof value === 'string' && test(value);
};

function numeric(rule: readonly unknown[]): Matcher {
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < rule.length; index += 2) {
    const comparison = comparisons[String(rule[index])];
    const bound = rule[index + 1];
    if (comparison === undefined || typeof bound !== 'number')
      throw new LocalProblem(`A stream filter has a numeric rule that is not one: ${JSON.stringify(rule)}`);
    tests.push((value) => comparison(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

const listed = (value: unknown, list: readonly unknown[]): boolean => list.some((one) => one === value);

/** Each operator as Lambda's documentation lists it, with what it takes. */
const operators = z.union([
  scalar.transform(
    (expected): Matcher =>
      (value) =>
        value === expected,
  ),
  z
    .strictObject({ 'equals-ignore-case': z.string() })
    .transform(({ 'equals-ignore-case': text }) =>
      onText((value) => value.toLowerCase() === text.toLowerCase()),
    ),
  z
    .strictObject({ 'anything-but': z.union([z.array(scalar).min(1), scalar.transform((one) => [one])]) })
    .transform(
      ({ 'anything-but': list }): Matcher =>
        (value) =>
          value !== undefined && !listed(value, list),
    ),
  z
    .strictObject({ numeric: z.array(z.union([z.string(), z.number()])).min(2) })
    .transform((rule) => numeric(rule.numeric)),
  z.strictObject({ exists: z.boolean() }).transform(
    ({ exists }): Matcher =>
      (value) =>
        (value !== undefined) === exists,
  ),
  z
    .strictObject({ prefix: z.string() })
    .transform(({ prefix }) => onText((value) => value.startsWith(prefix))),
  z.strictObject({ suffix: z.string() }).transform(({ suffix }) => onText((value) => value.endsWith(suffix))),
]);

/**
 * The test that one rule of a filter stands for. Refuses operators that Lambda doesn't document.
 * Source: AWS Lambda Developer Guide, "Filter rule syntax".
 */
export function matcherOf(rule: unknown): Matcher {
  const result = operators.safeParse(rule);
  if (result.success) return result.data;
  throw new LocalProblem(
    `A stream filter uses a rule that Lambda's event filtering does not have: ${JSON.stringify(rule)}`,
  );
}
