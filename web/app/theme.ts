import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** One accent colour, the system's own type, and greys that can be read (WCAG 2.2, 1.4.3). */
export const theme = createTheme({
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

export const cssVariables: CSSVariablesResolver = () => ({
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
