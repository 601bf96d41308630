import { notifyManager, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ComponentProps, useState } from 'react';
import { features } from '../features.ts';
import { FeaturesContext } from '../lib/feature.ts';
import { createQueries } from '../lib/queries.ts';
import { type Session, SessionProvider } from '../lib/session.tsx';
import { loadTexts } from '../text/catalogue.ts';
import { LanguageProvider } from '../text/language.tsx';
import { Look } from './look.tsx';
import { appRouter } from './router.tsx';

// Notifies observers in a microtask rather than a later task, so that the second click of a double click
// already finds the button busy.
notifyManager.setScheduler(queueMicrotask);

interface AppProps {
  readonly session: Session;
  readonly language: ComponentProps<typeof LanguageProvider>['initial'];
}

/** The whole app, for one identity provider, starting in the given language. */
export function App({ session, language }: AppProps) {
  const [queries] = useState(createQueries);
  const [router] = useState(() => appRouter(session));
  return (
    <LanguageProvider initial={language} load={loadTexts}>
      <Look>
        <QueryClientProvider client={queries}>
          <SessionProvider session={session}>
            <FeaturesContext value={features}>
              {session.identity.wrap(<RouterProvider router={router} />)}
            </FeaturesContext>
          </SessionProvider>
        </QueryClientProvider>
      </Look>
    </LanguageProvider>
  );
}
