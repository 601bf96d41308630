import './lib/zod-without-eval.ts';
import './app/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { loadIdentity } from './identity/load-identity.ts';
import { sessionOf } from './lib/session.tsx';

const place = document.querySelector('#root');
if (place === null) throw new Error('The page has no #root.');
const root = createRoot(place);

try {
  const session = sessionOf(await loadIdentity());
  root.render(
    <StrictMode>
      <App session={session} />
    </StrictMode>,
  );
} catch {
  root.render(<p role="alert">The server can’t be reached. Reload the page in a moment.</p>);
}
