import { MantineProvider } from '@mantine/core';
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ComponentProps, useState } from 'react';
import { ApiError } from '../lib/api-error.ts';
import { type Session, SessionProvider } from '../lib/session.tsx';
import { LanguageProvider } from '../text/language.tsx';
import { appRouter } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

// That something is under way is known before the next event, not in a later task: the second click of a double click finds its
// button busy.
notifyManager.setScheduler(queueMicrotask);

const mostRetries = 2;

/** A refusal stays one however often it is asked; only what never answered, or broke, is asked again. */
const worthRetrying = (failures: number, error: Error) =>
  failures < mostRetries && (!(error instanceof ApiError) || error.status >= 500);

const createQueries = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: worthRetrying, staleTime: 5000 }, mutations: { retry: false } },
  });

interface AppProps {
  readonly session: Session;
  readonly language: ComponentProps<typeof LanguageProvider>['initial'];
}

/** The whole app, for one way of signing in, beginning in one language. */
export function App({ session, language }: AppProps) {
  const [queries] = useState(createQueries);
  const [router] = useState(() => appRouter(session));
  return (
    <LanguageProvider initial={language}>
      <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
        <QueryClientProvider client={queries}>
          <SessionProvider session={session}>
            {session.identity.wrap(<RouterProvider router={router} />)}
          </SessionProvider>
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  );
}
