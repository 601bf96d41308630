import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** A link to the page where the user can act on it. */
  readonly link?: { readonly to: string; readonly title: string } | undefined;
}

/** A notice on every page of an organization, while it applies. */
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
