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

// That something is under way is known before the next event, not in a later task: the second click of a
// double click finds its button busy.
notifyManager.setScheduler(queueMicrotask);

interface AppProps {
  readonly session: Session;
  readonly language: ComponentProps<typeof LanguageProvider>['initial'];
}

/** The whole app, for one way of signing in, beginning in one language. */
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
