import { isStorable } from '../table/storable.ts';

declare global {
  interface JSON {
    parse(
      text: string,
      reviver: (
        this: unknown,
        name: string,
        value: unknown,
        context: { readonly source?: string },
      ) => unknown,
    ): unknown;
  }
}

// Whoever has none of these has no number that would change: most lines are spared the slow way.
const suspicious = /[\d.]{16}|\d[eE][+-]?\d/;
// What every double can be told by.
const mostDigits = 17;

/**
 * JSON as `JSON.parse` reads it, except that a number which it would change keeps its digits
 * (`JSON.rawJSON`).
 */
export function parseExactly(text: string): unknown {
  if (!suspicious.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && !isKept(value, source)
      ? JSON.rawJSON(source)
      : value,
  );
}

function isKept(value: number, source: string): boolean {
  const digits = source
    .replace(/[eE].*/, '')
    .replaceAll(/[-.]/g, '')
    .replaceAll(/^0+|0+$/g, '');
  return isStorable(value) && digits.length <= mostDigits && (value !== 0 || digits === '');
}
