import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { cssVariables, theme } from './theme.ts';

/** The look of all that is inside. */
export const Look = ({ children }: { readonly children: ReactNode }) => (
  <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
    {children}
  </MantineProvider>
);
