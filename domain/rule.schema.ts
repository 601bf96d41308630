import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';

/**
 * What a rule says in JSON Schema. `without` are characters that a text must not have, as a regular
 * expression's class lists them.
 */
export interface Statement {
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
  readonly without?: string;
  /** Whether the rule asks for more than this: then its words stand there too. */
  readonly inPart?: true;
}

interface Rule {
  readonly error: (issue: object) => string;
  readonly path?: PropertyKey[];
  /** Whether what comes after it needn't be looked at. */
  readonly abort?: boolean;
  /** What the API document says of it to a program; without, it says `error` to its reader. */
  readonly says: Statement;
}

/** A rule that the API document states as JSON Schema, so that whoever sends something can check it first. */
export const rule = <Value>(holds: (value: Value) => boolean, { says, ...words }: Rule) =>
  z.refine<Value>(holds, { ...words, params: says });

/**
 * A text has none of some characters, listed as in the class of a regular expression that every dialect
 * reads: `\x00-\x1F`.
 */
export function without(characters: string, { error }: Pick<Rule, 'error'>) {
  const forbidden = new RegExp(`[${characters}]`, 'u');
  return rule<string>((text) => !forbidden.test(text), { error, says: { without: characters } });
}

/** A change names at least one thing. */
export const changesSomething = rule<object>((change) => Object.keys(change).length > 0, {
  ...orElse('changes_nothing'),
  says: { jsonSchema: { minProperties: 1 } },
});
