import * as z from 'zod';
import { LocalProblem } from '../problem.ts';
import { type Matcher, matcherOf } from './filter-operators.ts';

/** Whether a record passes. */
export type Filter = (record: unknown) => boolean;

const fields = z.record(z.string(), z.unknown());
const rules = z.array(z.unknown()).min(1);

/**
 * The filter that a mapping's patterns make: a record passes if it matches any of them; without patterns all pass.
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

/** All fields of a pattern must match; `$or` wants one of its patterns to. */
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

/** What stands under a name. A list counts as each of its elements; a field that isn't there as undefined. */
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
