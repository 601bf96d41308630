import './lib/zod-without-eval.ts';
import './app/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { loadIdentity } from './identity/load-identity.ts';
import { sessionOf } from './lib/session.tsx';
import { english } from './text/english.ts';
import { loadTexts, preferredLanguage } from './text/language.tsx';

const place = document.querySelector('#root');
if (place === null) throw new Error('The page has no #root.');
const root = createRoot(place);

try {
  const language = preferredLanguage();
  const [identity, texts] = await Promise.all([loadIdentity(), loadTexts(language)]);
  root.render(
    <StrictMode>
      <App session={sessionOf(identity)} language={{ language, texts }} />
    </StrictMode>,
  );
} catch {
  root.render(<p role="alert">{english.errors.offline}</p>);
}
