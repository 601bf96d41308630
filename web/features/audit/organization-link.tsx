import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TrailEntry } from './words.ts';

/** The way to the organization of an entry, where entries of several stand together. */
export function OrganizationLink({
  entry: { organizationId, organizationName },
}: {
  readonly entry: TrailEntry;
}) {
  if (organizationName === undefined || organizationName === null) return null;
  return (
    <Anchor component={Link} to={`/admin/organizations/${organizationId}`} size="sm" underline="always">
      <bdi>{organizationName}</bdi>
    </Anchor>
  );
}
