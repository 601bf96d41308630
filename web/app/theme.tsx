import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  MantineProvider,
} from '@mantine/core';
import type { ReactNode } from 'react';

/**
 * The accent color. Shade 6 has a contrast of 4.5:1 with white text (WCAG 2.2, 1.4.3); shade 4 is used on
 * dark backgrounds.
 */
const brand: MantineColorsTuple = [
  '#eef0ff',
  '#dfe3ff',
  '#c3caff',
  '#a3adff',
  '#8891fb',
  '#6b72f0',
  '#5257e0',
  '#4347c6',
  '#3639a3',
  '#2c2f82',
];

/** Neutral grays, without a tint that would compete with status colors. */
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f5',
  '#ebebed',
  '#e2e2e6',
  '#d6d6db',
  '#a4a4ad',
  '#75757f',
  '#5c5c66',
  '#3a3a42',
  '#1c1c21',
];

const dark: MantineColorsTuple = [
  '#ededef',
  '#c4c4ca',
  '#a3a3ab',
  '#6c6c76',
  '#303036',
  '#26262b',
  '#1c1c20',
  '#151518',
  '#0f0f11',
  '#0a0a0b',
];

const fontFamily = "'Inter Variable', 'Inter fallback', system-ui, sans-serif";

/** Heights of buttons and inputs in pixels: dense for a mouse; app.css enlarges them for touch. */
const controlHeights: Readonly<Record<string, string>> = { xs: '1.75rem', sm: '2rem', md: '2.5rem' };
const heightOf = (size: unknown): string => controlHeights[typeof size === 'string' ? size : 'sm'] ?? '2rem';

/** The theme of all components: one typeface in five sizes, an 8 px grid, one accent color, neutral grays. */
export const theme = createTheme({
  colors: { brand, gray, dark },
  primaryColor: 'brand',
  primaryShade: 6,
  autoContrast: true,
  black: '#1c1c21',
  defaultRadius: 'sm',
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '2rem' },
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.375rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.3' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  headings: {
    fontFamily,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '0.875rem', lineHeight: '1.5' },
      h4: { fontSize: '0.875rem', lineHeight: '1.5' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', fw: 500 },
      vars: (_theme, { size }) =>
        typeof size === 'string' && size.startsWith('compact')
          ? { root: {} }
          : {
              root: {
                '--button-height': `var(--app-control-height, ${heightOf(size)})`,
                '--button-fz': '0.8125rem',
              },
            },
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, { size }) => ({
        wrapper: { '--input-height': `var(--app-control-height, ${heightOf(size)})` },
        input: {},
      }),
    }),
    // Colors whose light shade is dark enough to read.
    Avatar: {
      defaultProps: { allowedInitialsColors: ['blue', 'cyan', 'grape', 'indigo', 'pink', 'red', 'violet'] },
    },
    // No exit transition: the second click of a double click must not hit an item of a closing menu.
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md', radius: 'md' } },
    Tooltip: { defaultProps: { openDelay: 300, withinPortal: true } },
    // Input follows its own writing direction.
    TextInput: { defaultProps: { dir: 'auto' } },
    Textarea: { defaultProps: { dir: 'auto' } },
    // A badge keeps its full width; long names next to it shrink instead.
    Badge: { defaultProps: { miw: 'max-content', tt: 'none', radius: 'xl', variant: 'light', fw: 500 } },
    Anchor: { defaultProps: { underline: 'hover' } },
    // Purely decorative.
    ComboboxChevron: { defaultProps: { 'aria-hidden': true } },
    Paper: { defaultProps: { radius: 'md' } },
  },
});

/** Design tokens beyond Mantine's own, for both themes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c5c66',
    '--mantine-color-error': '#c4262e',
    '--mantine-color-default-border': '#e2e2e6',
    '--mantine-color-anchor': '#4347c6',
    '--app-page': '#ffffff',
    '--app-sidebar': '#f7f7f8',
    '--app-hover': '#f0f0f2',
    '--app-selected': '#e8e8ec',
    '--app-line': '#5257e0',
    '--app-before': '#ffe8e8',
    '--app-after': '#dcf7e4',
    '--app-done': '#0a6e4b',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a3ab',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-default-border': '#2c2c31',
    '--mantine-color-anchor': '#a3adff',
    '--app-page': '#151518',
    '--app-sidebar': '#101012',
    '--app-hover': '#1f1f23',
    '--app-selected': '#29292e',
    '--app-line': '#8891fb',
    '--app-before': '#4a2020',
    '--app-after': '#173a26',
    '--app-done': '#63e6be',
  },
});

/** Applies the theme. */
export const Look = ({ children }: { readonly children: ReactNode }) => (
  <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
    {children}
  </MantineProvider>
);
