import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';

/** A rule as JSON Schema. `without` lists forbidden characters, as in a regular expression's class. */
export interface Statement {
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
  readonly without?: string;
  /** Whether the rule is stricter than this; its message is then documented, too. */
  readonly inPart?: true;
}

interface Rule {
  readonly error: (issue: object) => string;
  readonly path?: PropertyKey[];
  /** Whether later rules can be skipped. */
  readonly abort?: boolean;
  /** How the API document states the rule; by default with its message. */
  readonly says: Statement;
}

/** A rule that the API document states as JSON Schema, so that clients can validate their input. */
export const rule = <Value>(holds: (value: Value) => boolean, { says, ...words }: Rule) =>
  z.refine<Value>(holds, { ...words, params: says });

/**
 * A string without certain characters, listed as in a character class of any regular expression dialect:
 * `\x00-\x1F`.
 */
export function without(characters: string, { error }: Pick<Rule, 'error'>) {
  const forbidden = new RegExp(`[${characters}]`, 'u');
  return rule<string>((text) => !forbidden.test(text), { error, says: { without: characters } });
}

/** A change contains at least one field. */
export const changesSomething = rule<object>((change) => Object.keys(change).length > 0, {
  ...orElse('changes_nothing'),
  says: { jsonSchema: { minProperties: 1 } },
});
