/**
 * Names as people look for them: upper and lower case, accents and the shape of dashes and apostrophes don't
 * matter. Organizations are compared more strictly, see `search-terms.ts`.
 */

// Letters that are one letter and a stroke, or two in one: Unicode doesn't take them apart.
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
// Marks of Latin, Greek and Cyrillic letters; those of other scripts may be vowels.
const marks = /[\u0300-\u036f]/g;

/** A text without what makes no difference to a person who looks for it. */
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
 * Whether a word of the text begins like this, a part behind a hyphen, an apostrophe or a dot included. What
 * is behind an address's `@` most people of an organization have alike: it is found with the sign only.
 */
function hasWord(text: string, beginning: string): boolean {
  if (beginning.startsWith('@')) return text.includes(beginning);
  const end = text.includes('@') ? text.indexOf('@') : text.length;
  for (let at = text.indexOf(beginning); at !== -1 && at < end; at = text.indexOf(beginning, at + 1))
    if (at === 0 || separator.test(text.charAt(at - 1))) return true;
  return false;
}

/**
 * What a search asks of texts: each of its words must begin a word of one of them, so that `maria`,
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

// A key of an index holds 1,024 bytes; no two people are told apart by what comes later.
const longestOrder = 60;

/**
 * Where a name stands in a list by name: its words, joined by a sign that sorts before letters and digits and
 * after the `#` that ends it in a key.
 */
export function nameOrder(name: string): string {
  const words = folded(name)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)
    .join('-');
  return Array.from(words).slice(0, longestOrder).join('') || '~';
}
