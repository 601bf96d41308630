/** The spellings of a noun. */
export interface NounNames {
  /** Singular, as in file names: `initiative`, `work-item`. */
  readonly noun: string;
  /** Plural; the singular with an `s` by default. */
  readonly plural?: string | undefined;
  /** The German words, singular and plural; default to the English ones, to be translated. */
  readonly german?: string | undefined;
  readonly germanPlural?: string | undefined;
}

/** A noun's name in each spelling that the templates and the lists of nouns need. */
export type Spellings = ReturnType<typeof spellingsOf>;

const words = (kebab: string) => kebab.replaceAll('-', ' ');
const titled = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const pascal = (kebab: string) => kebab.split('-').map(titled).join('');
const camel = (kebab: string) => kebab.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

export function spellingsOf({ noun, plural = `${noun}s`, german, germanPlural }: NounNames) {
  const articleLow = /^[aeiou]/.test(noun) ? 'an' : 'a';
  return {
    kebab: noun,
    camel: camel(noun),
    pascal: pascal(noun),
    snake: noun.replaceAll('-', '_'),
    /** The prefix of its ids, before the ULID. */
    prefix: noun.replaceAll('-', ''),
    /** The id variable in a path or key template, without nested braces. */
    idTemplate: `{${camel(noun)}Id}`,
    plural,
    pluralCamel: camel(plural),
    pluralPascal: pascal(plural),
    words: words(noun),
    wordsPlural: words(plural),
    title: titled(words(noun)),
    titlePlural: titled(words(plural)),
    articleLow,
    article: titled(articleLow),
    german: german ?? titled(words(noun)),
    germanPlural: germanPlural ?? titled(words(plural)),
  };
}
