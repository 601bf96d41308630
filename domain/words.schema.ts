import type * as z from 'zod/mini';
import { type FieldReason, saidOf, say } from './field-errors.ts';

const ofType: Readonly<Record<string, FieldReason>> = {
  string: 'not_text',
  number: 'not_a_number',
  int: 'not_a_whole_number',
  boolean: 'not_a_boolean',
  array: 'not_a_list',
  object: 'not_an_object',
  record: 'not_an_object',
};

const ofFormat: Readonly<Record<string, FieldReason>> = {
  date: 'not_a_date',
  datetime: 'not_a_time',
  email: 'not_an_email_address',
};

type Said = ReturnType<typeof saidOf>;

const because = (reason: FieldReason, params: Said['params'] = {}): Said => ({ reason, params });

/** Names that a caller chose, few and short enough to be read. */
const quoted = (names: readonly PropertyKey[]): string =>
  names
    .slice(0, 5)
    .map((name) => `"${String(name).slice(0, 40)}"`)
    .join(', ');

const oneOf = (values: readonly unknown[]): Said =>
  because('not_one_of', { values: values.map(String).join(', ') });

function tooBig({ origin, inclusive, ...issue }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): Said {
  const limit = { maximum: Number(issue.maximum) };
  if (origin === 'string') return because('too_long', limit);
  if (origin === 'array') return because('too_many_items', limit);
  return because(inclusive === false ? 'not_below' : 'too_large', limit);
}

function tooSmall({ origin, inclusive, ...issue }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): Said {
  const limit = { minimum: Number(issue.minimum) };
  const counts = origin === 'string' || origin === 'array';
  if (counts && limit.minimum === 1) return because('empty');
  if (counts) return because(origin === 'string' ? 'too_short' : 'too_few_items', limit);
  return because(inclusive === false ? 'not_above' : 'too_small', limit);
}

function problemOf(issue: z.core.$ZodRawIssue): Said {
  switch (issue.code) {
    case 'invalid_type':
      return because(issue.input === undefined ? 'required' : (ofType[issue.expected] ?? 'invalid'));
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_format':
      return because(ofFormat[issue.format] ?? 'invalid');
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'unrecognized_keys':
      return because('unknown_names', { names: quoted(issue.keys) });
    case 'invalid_key':
      return saidOf(issue.issues[0] ?? {});
    case 'invalid_union':
      return Array.isArray(issue.options) ? oneOf(issue.options) : because('invalid');
    default:
      return because('invalid');
  }
}

/**
 * Messages for issues without one in their schema, by issue code: `z.config(schemaWords)`. Zod's own
 * messages name programming types and operators.
 */
export const schemaWords = { localeError: (issue: z.core.$ZodRawIssue) => say(issue, problemOf(issue)) };
