import './lib/zod-without-eval.ts';
import './app/app.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod/mini';
import { FirstVisit } from './app/first-visit.tsx';
import type { Identity } from './identity/identity.ts';
import { standIn } from './identity/stand-in.tsx';
import { signInAddress, wantedAddress } from './lib/own-addresses.ts';
import { preferredLanguage } from './text/language.tsx';
import { loadSignInTexts } from './text/sign-in-texts.ts';
import { unreachable } from './text/unreachable.ts';

/** The site's runtime configuration: one build serves every stage. */
const configuration = z.object({
  identity: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stand-in'), url: z.string() }),
    z.object({ kind: z.literal('clerk'), publishableKey: z.string() }),
  ]),
});

/**
 * The identity provider this deployment is configured for. Clerk's client is only loaded where it is used.
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
const show = (what: ReactNode) => root.render(<StrictMode>{what}</StrictMode>);
const fail = () => root.render(<p role="alert">{unreachable}</p>);

const loadApp = () =>
  Promise.all([import('./app/app.tsx'), import('./lib/session.tsx'), import('./text/catalogue.ts')]);

async function openApp(identity: Identity): Promise<void> {
  const [{ App }, { sessionOf }, { loadTexts }] = await loadApp();
  const language = preferredLanguage();
  show(<App session={sessionOf(identity)} language={{ language, texts: await loadTexts(language) }} />);
}

async function openSignIn(identity: Identity): Promise<void> {
  const language = preferredLanguage();
  const onSignedIn = () => {
    history.replaceState(null, '', wantedAddress(location.search));
    void openApp(identity).catch(fail);
  };
  const texts = await loadSignInTexts(language);
  show(<FirstVisit identity={identity} language={{ language, texts }} onSignedIn={onSignedIn} />);
  // Preloaded while the user signs in. If this fails, it is loaded again when needed.
  void loadApp().catch(() => undefined);
}

try {
  const identity = await loadIdentity();
  await (location.pathname === signInAddress ? openSignIn(identity) : openApp(identity));
} catch {
  fail();
}
