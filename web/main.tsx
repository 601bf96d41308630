import './lib/zod-without-eval.ts';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod/mini';
import { App } from './app/app.tsx';
import type { Identity } from './identity/identity.ts';
import { standIn } from './identity/stand-in.tsx';
import { sessionOf } from './lib/session.tsx';
import { english, loadTexts } from './text/catalogue.ts';
import { preferredLanguage } from './text/language.tsx';

/** The site's runtime configuration: one build serves every stage. */
const configuration = z.object({
  identity: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stand-in'), url: z.string() }),
    z.object({ kind: z.literal('clerk'), publishableKey: z.string() }),
  ]),
});

/**
 * The way to sign in that this deployment is configured for. Clerk's client is loaded only where it is used.
 */
async function loadIdentity(): Promise<Identity> {
  const response = await fetch('/config.json');
  const { identity } = configuration.parse(await response.json());
  if (identity.kind === 'stand-in') return standIn(identity.url);
  const { clerk } = await import('./identity/clerk.tsx');
  return clerk(identity.publishableKey);
}

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
