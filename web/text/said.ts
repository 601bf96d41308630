import { filledIn, type Params } from '../../domain/errors.ts';
import type { Texts } from './language.tsx';

/** What the server, or a schema that the forms share with it, says: in English, and by which reason. */
export interface Said {
  readonly message: string;
  readonly reason?: string | undefined;
  readonly params?: Params | undefined;
}

const day = /^\d{4}-\d\d-\d\d$/;

/** A value as the language writes it: dates and numbers; anything else as it is. */
function written(value: string | number, locale: string): string {
  if (typeof value === 'number') return value.toLocaleString(locale);
  return day.test(value)
    ? new Date(value).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
    : value;
}

/** Says it in the reader's language; in English where their language has nothing for the reason. */
export function said({ common, reasons, trail }: Texts, { message, reason = '', params = {} }: Said): string {
  const sentence = reasons[reason];
  if (sentence === undefined) return message;
  // A value that is a word, such as a role, is said as the trail says it.
  const words = Object.entries(params).map(([place, value]) => [
    place,
    trail.values[place]?.[value] ?? written(value, common.locale),
  ]);
  return filledIn(sentence, Object.fromEntries(words));
}

interface LineOutcome {
  readonly status: string;
  readonly message?: string | undefined;
  readonly reason?: string | undefined;
  readonly params?: Params | undefined;
  readonly fields?: readonly (Said & { readonly path: string })[] | undefined;
}

/** Why a line of a list is refused, each part of it by its name. */
export function saidOfLine(texts: Texts, { status, message = status, fields, ...why }: LineOutcome): string {
  if (fields === undefined) return said(texts, { message, ...why });
  return fields
    .map(({ path, ...wrong }) =>
      [texts.trail.fields[path] ?? path, said(texts, wrong)].filter(Boolean).join(': '),
    )
    .join('; ');
}
