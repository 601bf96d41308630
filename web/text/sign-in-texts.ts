import { asTexts, type Language, type Texts } from './language.tsx';

/**
 * What is said before somebody is signed in: shared texts and those of the session. Nobody waits at the
 * sign-in page for what the other pages say.
 */
export async function loadSignInTexts(language: Language): Promise<Texts> {
  const [{ shared }, { texts: session }] =
    language === 'en'
      ? await Promise.all([import('./shared.en.ts'), import('../features/session/text.en.ts')])
      : await Promise.all([import('./shared.de.ts'), import('../features/session/text.de.ts')]);
  return asTexts({ ...shared, session });
}
