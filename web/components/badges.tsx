import { Badge } from '@mantine/core';
import type { Role } from '../../domain/access/roles.schema.ts';
import type { Plan as PlanName } from '../../domain/subscription/subscription.schema.ts';
import type { Standing } from '../lib/standing.ts';
import { useTexts } from '../text/language.tsx';

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
    {useTexts().common.standings[standing]}
  </Badge>
);

export const RoleBadge = ({ role }: { readonly role: Role }) => (
  <Badge variant="default" tt="none" radius="sm">
    {useTexts().common.roles[role]}
  </Badge>
);

export const Plan = ({ plan }: { readonly plan: PlanName }) => useTexts().common.plans[plan];
