import { Group } from '@mantine/core';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import type { OrganizationId, TeamId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { TeamLink } from '../../components/links.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { daysUntil } from '../../lib/dates.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './person.module.css';

/** A user's status as a badge. */
export const UserStatusBadge = ({ status }: Pick<User, 'status'>) => (
  <StatusBadge tone={status === 'active' ? 'good' : 'neutral'}>{useTexts().people[status]}</StatusBadge>
);

/** The day of a user's last activity, as relative text. */
function useLastActive() {
  const { profile } = useTexts().people;
  const { date, relative } = useFormats();
  return (day: string | undefined): string => {
    if (day === undefined) return '–';
    const days = daysUntil(day, new Date());
    if (days === 0) return profile.today;
    const noon = (of: string) => `${of}T12:00:00.000Z`;
    return days > -7 ? relative(noon(day), new Date(noon(new Date().toISOString().slice(0, 10)))) : date(day);
  };
}

export function LastActive({ day }: { readonly day: string | undefined }) {
  const { date } = useFormats();
  const words = useLastActive()(day);
  return day === undefined ? (
    words
  ) : (
    <time dateTime={day} title={date(day)}>
      {words}
    </time>
  );
}

/** Whether a user's account has a second factor; nothing if unknown. */
export function SecondFactor({ user: { twoFactor } }: { readonly user: Pick<User, 'twoFactor'> }) {
  const { profile } = useTexts().people;
  if (twoFactor === undefined) return null;
  return twoFactor ? (
    <StatusBadge tone="good" icon={IconShieldCheck}>
      {profile.twoFactorOn}
    </StatusBadge>
  ) : (
    profile.twoFactorOff
  );
}

interface TeamsProps {
  readonly organizationId: OrganizationId;
  readonly teams: User['teams'];
  /** The names of visible teams. */
  readonly names: ReadonlyMap<TeamId | string, string>;
}

/** A user's teams by name, and how many more there are. */
export function TeamNames({
  organizationId,
  teams,
  names,
  most = 1,
}: TeamsProps & { readonly most?: number }) {
  const { profile } = useTexts().people;
  const { list } = useFormats();
  const ids = Object.keys(teams);
  const known = ids.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id) ?? '' }] : []));
  const shown = known.slice(0, most);
  const others = ids.length - shown.length;
  if (ids.length === 0) return '–';
  return (
    <Group gap={6} wrap="nowrap" miw={0} title={list(known.map(({ name }) => name))}>
      {shown.map(({ id, name }) => (
        <TeamLink key={id} organizationId={organizationId} teamId={id} name={name} />
      ))}
      {others > 0 && <span>{profile.moreTeams(others)}</span>}
    </Group>
  );
}

/** Text with a copy button. */
export const Copied = ({ what, text }: { readonly what: string; readonly text: string }) => (
  <Group component="span" display="inline-flex" gap={4} wrap="nowrap" maw="100%">
    <span className={classes.cut} title={text}>
      {text}
    </span>
    <CopyButton value={text} what={what} />
  </Group>
);
