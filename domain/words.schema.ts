import type * as z from 'zod/mini';

const ofType: Readonly<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
};

const ofFormat: Readonly<Record<string, string>> = {
  date: 'must be a date like 2026-11-24',
  datetime: 'must be a time like 2026-11-24T12:00:00Z',
  email: 'must be an e-mail address',
};

const unfit = 'is not valid';

/** Names that a caller chose, few and short enough to be read. */
const quoted = (names: readonly PropertyKey[]): string =>
  names
    .slice(0, 5)
    .map((name) => `"${String(name).slice(0, 40)}"`)
    .join(', ');

const listed = (values: readonly unknown[]): string => values.map(String).join(', ');

function tooBig({ origin, maximum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  if (origin === 'string') return `must be at most ${maximum} characters`;
  if (origin === 'array') return `must have at most ${maximum} items`;
  return inclusive === false ? `must be less than ${maximum}` : `must be at most ${maximum}`;
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (origin === 'string')
    return minimum === 1 ? 'must not be empty' : `must be at least ${minimum} characters`;
  if (origin === 'array') return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} items`;
  return inclusive === false ? `must be more than ${minimum}` : `must be at least ${minimum}`;
}

function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : (ofType[issue.expected] ?? unfit);
    case 'invalid_value':
      return `must be one of ${listed(issue.values)}`;
    case 'invalid_format':
      return ofFormat[issue.format] ?? unfit;
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'unrecognized_keys':
      return `must not have ${quoted(issue.keys)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? unfit;
    case 'invalid_union':
      return Array.isArray(issue.options) ? `must be one of ${listed(issue.options)}` : unfit;
    default:
      return unfit;
  }
}

/**
 * What people read of whatever a schema has no sentence of its own for, by the code of what is wrong:
 * `z.config(schemaWords)`. The schema library's own words name types and operators of programs.
 */
export const schemaWords = { localeError: wordsOf };
