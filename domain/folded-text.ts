/**
 * Text folding for searching names: case, accents and the form of dashes and apostrophes are ignored.
 * Organizations are compared more strictly, see `search-terms.ts`.
 */

// Letters with a stroke, and ligatures, which Unicode normalization doesn't decompose.
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');
// Marks of Latin, Greek and Cyrillic letters; in other scripts marks may be vowels.
const marks = /[\u0300-\u036f]/g;

/** A string without the differences that a search ignores. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(marks, '')
    .replaceAll(special, (letter) => letters[letter] ?? letter)
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[’‘ʼ`´]/g, "'");

const separator = /[\p{P}\p{Z}+]/u;
const around = /^[("“„«,;]+|[)"”“»,;:]+$/g;

/**
 * Whether a word of the text starts like this, including parts after a hyphen, an apostrophe or a dot. The
 * part of an address after `@`, which most users share, only matches with the `@`.
 */
function hasWord(text: string, beginning: string): boolean {
  if (beginning.startsWith('@')) return text.includes(beginning);
  const end = text.includes('@') ? text.indexOf('@') : text.length;
  for (let at = text.indexOf(beginning); at !== -1 && at < end; at = text.indexOf(beginning, at + 1))
    if (at === 0 || separator.test(text.charAt(at - 1))) return true;
  return false;
}

/**
 * A matcher for a search: each of its words must start a word of one of the texts, so that `maria`,
 * `smith-jones` and `anna smith` find "Anna-Maria Smith-Jones".
 */
export function wordMatcher(search: string): (texts: readonly string[]) => boolean {
  const words = folded(search)
    .split(/\s+/u)
    .map((word) => word.replaceAll(around, ''))
    .filter(Boolean);
  return (texts) => {
    const compared = texts.map(folded);
    return words.every((word) => compared.some((text) => hasWord(text, word)));
  };
}

// Index keys hold 1,024 bytes; names don't differ only after that many characters.
const longestOrder = 60;

/**
 * A name's sort key: its words, joined by a character that sorts before letters and digits and after the
 * `#` that ends it in a key.
 */
export function nameOrder(name: string): string {
  const words = folded(name)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)
    .join('-');
  return Array.from(words).slice(0, longestOrder).join('') || '~';
}
