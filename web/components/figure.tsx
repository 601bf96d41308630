import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly hint?: ReactNode;
}

/** One number that matters, what it is, and what to hold it against. */
export const Figure = ({ title, value, hint }: FigureProps) => (
  <Paper withBorder radius="md" p="md">
    <Text size="sm" c="dimmed">
      {title}
    </Text>
    <Text fz={28} fw={700} lh={1.25} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {value}
    </Text>
    {hint !== undefined && (
      <Text size="sm" c="dimmed" component="div">
        {hint}
      </Text>
    )}
  </Paper>
);
