import type { Organization } from './profile.schema.ts';

/** The fields that search finds an organization by. */
type Searchable = Pick<Organization, 'name' | 'contactPerson' | 'externalId'>;

const longest = 64;
const punctuation = /[\p{P}\p{Z}]/u;
const outside = /^[\p{P}\p{Z}]+|[\p{P}\p{Z}]+$/gu;

/** Text as search compares it: compatibility forms (NFKC) and case don't matter; accents do. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase();
// Counts code points, so that no character is cut in half.
const cut = (word: string) => Array.from(word).slice(0, longest).join('');

/** The words of a string, without surrounding punctuation. A string of punctuation only is kept as it is. */
function wordsOf(text: string): string[] {
  const written = plain(text).split(/\s+/u).filter(Boolean);
  const words = written.map((word) => word.replaceAll(outside, '')).filter(Boolean);
  return (words.length > 0 ? words : written).map(cut);
}

/** A word, and its parts after a hyphen, dot or the like: `müller-lang` is also found by `lang`. */
const beginnings = (word: string): string[] => {
  const letters = Array.from(word);
  const starts = letters.flatMap((letter, index) => (punctuation.test(letter) ? [index + 1] : []));
  return [word, ...starts.map((start) => letters.slice(start).join('').replaceAll(outside, ''))].filter(
    Boolean,
  );
};

/**
 * The slots of an organization's terms, grouped by source, so that each is only written by those who may
 * change that source.
 */
export const termSlots = {
  contact: ['01', '02'],
  externalId: ['03', '04'],
  name: ['05', '06', '07', '08', '09', '10', '11', '12'],
} as const;

/**
 * An organization's terms by slot: the contact's email address and its domain, the external id and a part
 * of it, and up to eight terms of the name. A term may occupy two slots.
 */
export function termsOf({ name, contactPerson, externalId }: Searchable): Map<string, string> {
  const address = plain(contactPerson.email);
  const found = {
    contact: [address, address.split('@').at(-1) ?? ''].map(cut).filter(Boolean),
    externalId: wordsOf(externalId ?? '').flatMap(beginnings),
    name: wordsOf(name).flatMap(beginnings),
  };
  const placed = new Map<string, string>();
  for (const source of ['contact', 'externalId', 'name'] as const) {
    const terms = [...new Set(found[source])];
    for (const [index, slot] of termSlots[source].entries()) {
      const term = terms[index];
      if (term !== undefined) placed.set(slot, term);
    }
  }
  return placed;
}

/**
 * All terms in one string, each preceded by a space: a string that contains ` acm` has a term starting with
 * `acm`.
 */
export const wordsText = (organization: Searchable): string =>
  [...termsOf(organization).values()].map((term) => ` ${term}`).join('');

/** The words of a search, each of which must start a term; the longest and most selective first. */
export const searchedWords = (search: string): string[] =>
  wordsOf(search).sort((a, b) => b.length - a.length);

/**
 * The term under which an organization is listed if several of its terms start with the word, so that it
 * appears once.
 */
export const chosenTerm = (text: string, word: string): string | undefined =>
  text
    .split(' ')
    .filter((term) => term !== '' && term.startsWith(word))
    .sort()[0];
