import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Where one goes on from it. */
  readonly link?: { readonly to: string; readonly title: string } | undefined;
}

/** What everybody is told on each page of an organization, for as long as it is so. */
export const Banner = ({ children, link }: Props) => (
  <Group className="banner" p="xs" mb="md" justify="space-between" gap="xs" role="note">
    <Text size="sm" component="div">
      {children}
    </Text>
    {link !== undefined && (
      <Anchor component={Link} to={link.to} size="sm" c="inherit" underline="always">
        {link.title}
      </Anchor>
    )}
  </Group>
);
