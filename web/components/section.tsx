import { Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of a page that has a heading of its own. */
export const Section = ({ id, title, children }: SectionProps) => (
  <Paper withBorder radius="md" p="md" component="section" aria-labelledby={id}>
    <Stack gap="sm">
      <Title order={2} size="h4" id={id}>
        <bdi>{title}</bdi>
      </Title>
      {children}
    </Stack>
  </Paper>
);
