import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Role } from '../../domain/access/roles.schema.ts';
import type { OrganizationCounts } from '../../domain/organization/organization.schema.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';
import type { Plan as PlanName } from '../../domain/subscription/subscription.schema.ts';
import { daysUntil } from '../lib/dates.ts';
import { useFormats, useTexts } from '../text/language.tsx';
import { PersonAvatar } from './links.tsx';
import { StatusBadge, type Tone } from './status-badge.tsx';

/** An organization's status at a glance, derived from its data. */
type Standing = 'active' | 'onboarding' | 'ending' | 'expired' | 'suspended';

const soonDays = 30;

interface Judged extends Pick<Organization, 'status' | 'subscription'> {
  readonly counts?: OrganizationCounts;
}

function standingOf({ status, subscription, counts }: Judged, now: Date): Standing {
  if (status === 'inactive') return 'suspended';
  const left = subscription.endDate === undefined ? undefined : daysUntil(subscription.endDate, now);
  if (left !== undefined && left < 0) return 'expired';
  if (counts?.users === 0) return 'onboarding';
  return left !== undefined && left <= soonDays ? 'ending' : 'active';
}

const standingTones: Readonly<Record<Standing, Tone>> = {
  active: 'good',
  onboarding: 'info',
  ending: 'warning',
  expired: 'bad',
  suspended: 'neutral',
};

/** The text carries the meaning; the color is only an aid. */
export function StandingBadge({ organization }: { readonly organization: Judged }) {
  const { standings } = useTexts().common;
  const standing = standingOf(organization, new Date());
  return <StatusBadge tone={standingTones[standing]}>{standings[standing]}</StatusBadge>;
}

export const RoleBadge = ({ role }: { readonly role: Role }) => (
  <Badge variant="default">{useTexts().common.roles[role]}</Badge>
);

export const Plan = ({ plan }: { readonly plan: PlanName }) => useTexts().common.plans[plan];

/** A person: initials, name, email address. */
export const Person = ({ name, email }: { readonly name: string; readonly email: string }) => (
  <Group gap="sm" wrap="nowrap" justify="flex-start">
    <PersonAvatar name={name} />
    <Stack gap={0} align="flex-start">
      <Text size="sm" fw={500} ta="left">
        <bdi>{name}</bdi>
      </Text>
      <Text size="xs" c="dimmed" ta="left" style={{ overflowWrap: 'anywhere' }}>
        {email}
      </Text>
    </Stack>
  </Group>
);

/** A relative time; the exact one is shown on hover. */
export function Time({ at }: { readonly at: string }) {
  const { moment, relative } = useFormats();
  return (
    <time dateTime={at} title={moment(at)}>
      {relative(at, new Date())}
    </time>
  );
}

/** A calendar date, or the day of a time. */
export const Day = ({ at }: { readonly at: string }) => (
  <time dateTime={at.slice(0, 10)}>{useFormats().date(at)}</time>
);
