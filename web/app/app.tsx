import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../lib/api-error.ts';
import { type Session, SessionProvider } from '../lib/session.tsx';
import { appRouter } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

const mostRetries = 2;

/** A refusal stays one however often it is asked; only what never answered, or broke, is asked again. */
const worthRetrying = (failures: number, error: Error) =>
  failures < mostRetries && (!(error instanceof ApiError) || error.status >= 500);

const createQueries = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: worthRetrying, staleTime: 5000 }, mutations: { retry: false } },
  });

/** The whole app, for one way of signing in. */
export function App({ session }: { readonly session: Session }) {
  const [queries] = useState(createQueries);
  const [router] = useState(() => appRouter(session));
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
      <QueryClientProvider client={queries}>
        <SessionProvider session={session}>
          {session.identity.wrap(<RouterProvider router={router} />)}
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
