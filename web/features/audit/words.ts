import { queryOptions, useQuery } from '@tanstack/react-query';
import { use } from 'react';
import { type Feature, FeaturesContext } from '../../lib/feature.ts';
import { type Language, useLanguage } from '../../text/language.tsx';
import type { Sentences } from '../../text/sentence.ts';
import type { Grammar } from './grammar.ts';

/** All that the audit log is told with in one language. */
export interface Words extends Required<Sentences> {
  readonly grammar: Grammar;
}

const own: Readonly<Record<Language, () => Promise<{ readonly grammar: Grammar }>>> = {
  en: () => import('./sentences.en.ts'),
  de: () => import('./sentences.de.ts'),
};

/** The sentences of all features. */
async function loadWords(features: readonly Feature[], language: Language): Promise<Words> {
  const [{ grammar }, ...all] = await Promise.all([
    own[language](),
    ...features.flatMap(({ sentences }) => (sentences === undefined ? [] : [sentences[language]()])),
  ]);
  return {
    grammar,
    actions: Object.assign({}, ...all.map(({ sentences }) => sentences.actions)),
    fields: Object.assign({}, ...all.map(({ sentences }) => sentences.fields)),
    undone: Object.assign({}, ...all.map(({ sentences }) => sentences.undone)),
  };
}

const wordsQuery = (features: readonly Feature[], language: Language) =>
  queryOptions({
    queryKey: ['sentences', language],
    queryFn: () => loadWords(features, language),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** The words in the reader's language; undefined until they are loaded. */
export function useWords(): Words | undefined {
  const features = use(FeaturesContext);
  return useQuery(wordsQuery(features, useLanguage().language)).data;
}
