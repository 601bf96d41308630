import { filledIn, type Params } from '../../domain/errors.ts';
import type { Texts } from './language.tsx';

/** A message from the server, or from a schema shared with it: the English text and its reason code. */
export interface Said {
  readonly message: string;
  readonly reason?: string | undefined;
  readonly params?: Params | undefined;
}

const day = /^\d{4}-\d\d-\d\d$/;

/** Formats dates and numbers; other values are returned as they are. */
function written(value: string | number, locale: string): string {
  if (typeof value === 'number') return value.toLocaleString(locale);
  return day.test(value)
    ? new Date(value).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
    : value;
}

/** Explains a message in the user's language, or in English if there is no translation. */
export function said({ common, reasons, trail }: Texts, { message, reason = '', params = {} }: Said): string {
  const sentence = reasons[reason];
  if (sentence === undefined) return message;
  // Values that are words, such as roles, are named as in the audit log.
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

/** Why a line of a list was refused, field by field. */
export function saidOfLine(texts: Texts, { status, message = status, fields, ...why }: LineOutcome): string {
  if (fields === undefined) return said(texts, { message, ...why });
  return fields
    .map(({ path, ...wrong }) =>
      [texts.trail.fields[path] ?? path, said(texts, wrong)].filter(Boolean).join(': '),
    )
    .join('; ');
}
