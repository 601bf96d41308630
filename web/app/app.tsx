import { type CSSVariablesResolver, createTheme, MantineProvider } from '@mantine/core';
import { notifyManager, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ComponentProps, useState } from 'react';
import { features } from '../features.ts';
import { FeaturesContext } from '../lib/feature.ts';
import { createQueries } from '../lib/queries.ts';
import { type Session, SessionProvider } from '../lib/session.tsx';
import { loadTexts } from '../text/catalogue.ts';
import { LanguageProvider } from '../text/language.tsx';
import { appRouter } from './router.tsx';

/** One accent colour, the system's own type, and greys that can be read (WCAG 2.2, 1.4.3). */
const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, sans-serif',
  headings: { fontFamily: 'system-ui, sans-serif', sizes: { h1: { fontSize: '1.6rem' } } },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Gone at once: the second click of a double click finds no item of a menu that is leaving.
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    // What is typed runs in its own direction.
    TextInput: { defaultProps: { dir: 'auto' } },
    Textarea: { defaultProps: { dir: 'auto' } },
    // The word is what it is for: long names beside it don't squeeze it.
    Badge: { defaultProps: { miw: 'max-content' } },
  },
});

const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545b64',
    '--mantine-color-error': '#c92a2a',
    '--app-page': '#f6f7f9',
    '--app-line': '#4c6ef5',
    '--app-before': '#ffe3e3',
    '--app-after': '#d3f9d8',
    '--app-done': '#066649',
  },
  dark: {
    '--mantine-color-dimmed': '#adb5bd',
    '--mantine-color-error': '#ff8787',
    '--app-page': '#1b1c1f',
    '--app-line': '#748ffc',
    '--app-before': '#4a2020',
    '--app-after': '#1b3d23',
    '--app-done': '#63e6be',
  },
});

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
      <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
        <QueryClientProvider client={queries}>
          <SessionProvider session={session}>
            <FeaturesContext value={features}>
              {session.identity.wrap(<RouterProvider router={router} />)}
            </FeaturesContext>
          </SessionProvider>
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  );
}
