import type { Organization } from './profile.schema.ts';

/** What search finds an organization by. */
type Searchable = Pick<Organization, 'name' | 'contactPerson' | 'externalId'>;

const longest = 64;
const punctuation = /[\p{P}\p{Z}]/u;
const outside = /^[\p{P}\p{Z}]+|[\p{P}\p{Z}]+$/gu;

/** Text as search compares it: compatibility forms (NFKC) and case don't matter; accents do. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase();
// By code points, so that none is cut in half.
const cut = (word: string) => Array.from(word).slice(0, longest).join('');

/** The words of a text, without the punctuation around them. A text of punctuation only stays as it is. */
function wordsOf(text: string): string[] {
  const written = plain(text).split(/\s+/u).filter(Boolean);
  const words = written.map((word) => word.replaceAll(outside, '')).filter(Boolean);
  return (words.length > 0 ? words : written).map(cut);
}

/** A word, and what follows a hyphen, a dot or the like in it: `müller-lang` is found by `lang` too. */
const beginnings = (word: string): string[] => {
  const letters = Array.from(word);
  const starts = letters.flatMap((letter, index) => (punctuation.test(letter) ? [index + 1] : []));
  return [word, ...starts.map((start) => letters.slice(start).join('').replaceAll(outside, ''))].filter(
    Boolean,
  );
};

/**
 * The places of an organization's terms: some for each source, so that each is written only by those who may
 * change that source.
 */
export const termSlots = {
  contact: ['01', '02'],
  externalId: ['03', '04'],
  name: ['05', '06', '07', '08', '09', '10', '11', '12'],
} as const;

/**
 * The terms of an organization by their places: the contact's address and its domain, the external id and a
 * part of it, and up to eight terms of the name. A term may be in two places.
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
 * All terms as one text, each with a space before it: one that contains ` acm` has a term beginning with
 * `acm`.
 */
export const wordsText = (organization: Searchable): string =>
  [...termsOf(organization).values()].map((term) => ` ${term}`).join('');

/** The words of a search, each of which must begin a term; the longest, which matches the fewest, first. */
export const searchedWords = (search: string): string[] =>
  wordsOf(search).sort((a, b) => b.length - a.length);

/**
 * The term that an organization is listed at when several of its terms begin with the word, so that it is
 * listed once.
 */
export const chosenTerm = (text: string, word: string): string | undefined =>
  text
    .split(' ')
    .filter((term) => term !== '' && term.startsWith(word))
    .sort()[0];
