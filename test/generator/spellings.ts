/** The spellings of a noun. */
export interface NounNames {
  /** In the singular, as files are named: `initiative`, `work-item`. */
  readonly noun: string;
  /** In the plural; the singular with an `s` by default. */
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
    /** Before the ULID of an id. */
    prefix: noun.replaceAll('-', ''),
    /** The id in a template of a path or a key. Braces inside of braces would be the template's own. */
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
