import * as z from 'zod';
import { LocalProblem } from '../../problem.ts';

/** Whether a record passes. */
export type Filter = (record: unknown) => boolean;

const fields = z.record(z.string(), z.unknown());
const rules = z.array(z.unknown()).min(1);

/**
 * A record passes if it matches any of the patterns, or if there are none.
 * Source: AWS Lambda Developer Guide, "Control which events Lambda sends to your function".
 */
export function compileFilters(patterns: readonly string[]): Filter {
  const filters = patterns.map((pattern) => compile(parse(pattern)));
  return (record) => filters.length === 0 || filters.some((filter) => filter(record));
}

function parse(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch {
    throw new LocalProblem(`A stream filter's pattern is not JSON: ${pattern}`);
  }
}

/** All fields of a pattern must match; `$or` requires one of its patterns to match. */
function compile(pattern: unknown): Filter {
  const parsed = fields.safeParse(pattern);
  if (!parsed.success)
    throw new LocalProblem(`A stream filter's pattern is not an object: ${JSON.stringify(pattern)}`);
  const filters = Object.entries(parsed.data).map(([name, inner]): Filter => {
    if (name === '$or') {
      const alternatives = rules.parse(inner).map(compile);
      return (value) => alternatives.some((alternative) => alternative(value));
    }
    const list = rules.safeParse(inner);
    if (list.success) return leaf(name, list.data.map(matcherOf));
    const within = compile(inner);
    return (value) => childrenOf(value, name).some(within);
  });
  return (value) => filters.every((filter) => filter(value));
}

function leaf(name: string, matchers: readonly Matcher[]): Filter {
  return (value) => {
    const scalars = childrenOf(value, name).filter(isScalar);
    const present = scalars.length === 0 ? [undefined] : scalars;
    return present.some((scalar) => matchers.some((matches) => matches(scalar)));
  };
}

/** The values of a field: each element of a list, or undefined for a missing field. */
function childrenOf(value: unknown, name: string): unknown[] {
  const parents = Array.isArray(value) ? value : [value];
  return parents.flatMap((parent) => {
    const child = fields.safeParse(parent).data?.[name];
    return Array.isArray(child) ? child : [child];
  });
}

// Only leaf nodes are compared: an object has no value of its own.
const isScalar = (value: unknown): boolean =>
  value === null || (value !== undefined && typeof value !== 'object');

/** Whether one scalar of a record satisfies one rule. `undefined`: the record has no such field. */
type Matcher = (value: unknown) => boolean;

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

/** Each operator in Lambda's documentation, with the type of its operand. */
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
 * The test for one rule of a filter. Refuses operators that Lambda doesn't document. Source: AWS Lambda
 * Developer Guide, "Filter rule syntax".
 */
function matcherOf(rule: unknown): Matcher {
  const result = operators.safeParse(rule);
  if (result.success) return result.data;
  throw new LocalProblem(
    `A stream filter uses a rule that Lambda's event filtering does not have: ${JSON.stringify(rule)}`,
  );
}
