import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { type Formats, formatsFor } from './formats.ts';
import type { shared } from './shared.en.ts';

/**
 * What the audit trail calls actions, attributes, and the values that are words; what isn't here is shown as
 * it is.
 */
export interface TrailWords {
  /** By action, such as `team.created`. */
  readonly actions?: Readonly<Record<string, string>>;
  /** By attribute. */
  readonly fields?: Readonly<Record<string, string>>;
  /** By attribute and value. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The texts of a language: shared ones, and (`catalogue.ts`) those of each feature. */
export interface Texts extends Readonly<typeof shared> {
  readonly trail: Required<TrailWords>;
}

/**
 * Texts that were put together, as what reads them knows them: all, or those that a page without others
 * reads.
 */
// biome-ignore lint/nursery/noUnsafeTypeAssertion: the list of features is its type and its source
export const asTexts = (texts: object): Texts => texts as Texts;

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'mtcms-language';

const isLanguage = (text: string | undefined | null): text is Language =>
  languages.some((language) => language === text);

/** The language that somebody chose here, else the first of the browser's that we speak, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(storageKey);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** The browser's own variety of a language (`en-GB`), for dates and numbers. */
const localeOf = (language: Language): string =>
  navigator.languages.find((tag) => tag.split('-')[0] === language && isLocale(tag)) ?? language;

// Some systems let browsers say what is no language tag, such as `en-US@posix`.
function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

interface Spoken {
  readonly language: Language;
  readonly texts: Texts;
  readonly formats: Formats;
  readonly speak: (language: Language) => Promise<void>;
}

const LanguageContext = createContext<Spoken | null>(null);

interface Props {
  readonly initial: { readonly language: Language; readonly texts: Texts };
  readonly load: (language: Language) => Promise<Texts>;
  readonly children: ReactNode;
}

export function LanguageProvider({ initial, load, children }: Props) {
  const [{ language, texts }, set] = useState(initial);
  const formats = formatsFor(localeOf(language));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speak = async (next: Language) => {
    localStorage.setItem(storageKey, next);
    set({ language: next, texts: await load(next) });
  };
  return <LanguageContext value={{ language, texts, formats, speak }}>{children}</LanguageContext>;
}

/** The language of the page, and the way to another. */
export function useLanguage(): Spoken {
  const spoken = use(LanguageContext);
  if (spoken === null) throw new Error('There is no LanguageProvider above.');
  return spoken;
}

/** The texts of the page's language. */
export const useTexts = (): Texts => useLanguage().texts;

/** Dates and numbers in the page's language. */
export const useFormats = (): Formats => useLanguage().formats;
