import { Badge } from '@mantine/core';
import type { Role } from '../../domain/access/roles.schema.ts';
import type { Standing } from '../lib/standing.ts';
import { roleWords, standingWords } from '../lib/words.ts';

const standingColours: Readonly<Record<Standing, string>> = {
  active: 'teal',
  onboarding: 'indigo',
  ending: 'yellow',
  expired: 'red',
  suspended: 'gray',
};

/** The word says it; the colour only helps to find it. */
export const StandingBadge = ({ standing }: { readonly standing: Standing }) => (
  <Badge color={standingColours[standing]} variant="dot" tt="none" radius="sm">
    {standingWords[standing]}
  </Badge>
);

export const RoleBadge = ({ role }: { readonly role: Role }) => (
  <Badge variant="default" tt="none" radius="sm">
    {roleWords[role]}
  </Badge>
);
