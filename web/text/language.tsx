import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { type Formats, formatsFor } from './formats.ts';
import type { shared } from './shared.en.ts';

/**
 * Audit log names of actions, attributes and values that are words. Anything missing here is shown as
 * stored.
 */
export interface TrailWords {
  /** By action, such as `team.created`. */
  readonly actions?: Readonly<Record<string, string>>;
  /** By attribute. */
  readonly fields?: Readonly<Record<string, string>>;
  /** By attribute and value. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The texts of a language: the shared ones and, through `catalogue.ts`, those of each feature. */
export interface Texts extends Readonly<typeof shared> {
  readonly trail: Required<TrailWords>;
}

/** Texts with the type that their reader expects: all of them, or only those of the sign-in page. */
// biome-ignore lint/nursery/noUnsafeTypeAssertion: the list of features is its type and its source
export const asTexts = (texts: object): Texts => texts as Texts;

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'mtcms-language';

const isLanguage = (text: string | undefined | null): text is Language =>
  languages.some((language) => language === text);

/**
 * The language chosen in this browser, otherwise the first supported one of the browser's preferences,
 * otherwise English.
 */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(storageKey);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** The browser's regional variant of a language (`en-GB`), for dates and numbers. */
const localeOf = (language: Language): string =>
  navigator.languages.find((tag) => tag.split('-')[0] === language && isLocale(tag)) ?? language;

// Some systems report something that isn't a valid language tag, such as `en-US@posix`.
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

/** The current language, and a function to change it. */
export function useLanguage(): Spoken {
  const spoken = use(LanguageContext);
  if (spoken === null) throw new Error('There is no LanguageProvider above.');
  return spoken;
}

/** The texts of the current language. */
export const useTexts = (): Texts => useLanguage().texts;

/** Dates and numbers in the current locale. */
export const useFormats = (): Formats => useLanguage().formats;
