import { asTexts, type Language, type Texts } from './language.tsx';

/** Texts of the sign-in page only, so that it doesn't wait for those of all other pages. */
export async function loadSignInTexts(language: Language): Promise<Texts> {
  const [{ shared }, { texts: session }] =
    language === 'en'
      ? await Promise.all([import('./shared.en.ts'), import('../features/session/text.en.ts')])
      : await Promise.all([import('./shared.de.ts'), import('../features/session/text.de.ts')]);
  return asTexts({ ...shared, session });
}
