import { features } from '../features.ts';
import type { Feature } from '../lib/feature.ts';
import type { Language, Texts, TrailWords } from './language.tsx';
import { shared } from './shared.en.ts';

type TextsOf<One extends Feature> = { readonly [F in One as F['name']]: F['english']['texts'] };

// Pages import the language, and the catalogue knows every page: so the catalogue tells the language its
// shape.
declare module './language.tsx' {
  interface Texts extends TextsOf<(typeof features)[number]> {}
}

type Words = Feature['english'];

/** The words that all features give the audit trail, actions by name. */
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

function catalogueOf(common: typeof shared, all: readonly Words[]): Texts {
  const own = features.map(({ name }, index) => [name, all[index]?.texts]);
  const catalogue: unknown = {
    ...common,
    ...Object.fromEntries(own),
    reasons: Object.assign({}, common.reasons, ...all.map(({ refusals }) => refusals)),
    trail: trailOf(all),
  };
  // biome-ignore lint/nursery/noUnsafeTypeAssertion: the list of features is its type and its source
  return catalogue as Texts;
}

/** Every text of the web app in English: shared ones, and those of each feature by its name. */
export const english = catalogueOf(
  shared,
  features.map((feature) => feature.english),
);

/** A language's texts; every one but English is loaded when it is asked for. */
export async function loadTexts(language: Language): Promise<Texts> {
  if (language === 'en') return english;
  const [german, ...words] = await Promise.all([
    import('./shared.de.ts'),
    ...features.map((feature) => feature.german()),
  ]);
  return catalogueOf(german.shared, words);
}
