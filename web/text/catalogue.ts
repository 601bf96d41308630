import { features } from '../features.ts';
import type { Feature } from '../lib/feature.ts';
import { asTexts, type Language, type Texts, type TrailWords } from './language.tsx';
import type { shared } from './shared.en.ts';

type TextsOf<One extends Feature> = {
  readonly [F in One as F['name']]: Awaited<ReturnType<F['english']>>['texts'];
};

// Pages import the language and the catalogue imports the pages' texts; declaring the shape here avoids a
// cycle.
declare module './language.tsx' {
  interface Texts extends TextsOf<(typeof features)[number]> {}
}

type Words = Awaited<ReturnType<Feature['english']>>;

/** Merges the audit log texts of all features, keyed by action. */
function trailOf(all: readonly Words[]): Required<TrailWords> {
  const values: Record<string, Record<string, string>> = {};
  for (const { trail } of all)
    for (const [field, words] of Object.entries(trail?.values ?? {}))
      values[field] = { ...values[field], ...words };
  const actions = all.flatMap(({ trail }) => Object.entries(trail?.actions ?? {}));
  return {
    actions: Object.fromEntries(actions.sort(([a], [b]) => (a < b ? -1 : 1))),
    fields: Object.assign({}, ...all.map(({ trail }) => trail?.fields)),
    values,
  };
}

function catalogueOf(common: typeof shared, words: readonly Words[]): Texts {
  const own = features.map(({ name }, index) => [name, words[index]?.texts]);
  return asTexts({
    ...common,
    ...Object.fromEntries(own),
    reasons: Object.assign({}, common.reasons, ...words.map(({ refusals }) => refusals)),
    trail: trailOf(words),
  });
}

/** Loads the texts of a language: the shared ones, and each feature's under its name. */
export async function loadTexts(language: Language): Promise<Texts> {
  const [common, ...words] = await Promise.all([
    language === 'en' ? import('./shared.en.ts') : import('./shared.de.ts'),
    ...features.map((feature) => (language === 'en' ? feature.english() : feature.german())),
  ]);
  return catalogueOf(common.shared, words);
}
