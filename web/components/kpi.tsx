import { Group, Progress, Stack, Text } from '@mantine/core';
import { isDue, nextDue } from '../../domain/kpi/due.schema.ts';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { type KpiCount, type KpiStatus, kpiStatuses } from '../../domain/kpi/kpi-status.schema.ts';
import { useMay } from '../lib/member.tsx';
import { useFormats, useTexts } from '../text/language.tsx';
import { Day, Time } from './labels.tsx';
import { PersonLink, TeamLink } from './links.tsx';
import { StatusBadge, type Tone } from './status-badge.tsx';

/** The color of each status; there is always text next to it. */
const statusColours: Readonly<Record<KpiStatus, string>> = {
  on_track: 'teal',
  at_risk: 'yellow',
  off_track: 'red',
  no_data: 'gray',
};

const statusTones: Readonly<Record<KpiStatus, Tone>> = {
  on_track: 'good',
  at_risk: 'warning',
  off_track: 'bad',
  no_data: 'neutral',
};

/** A KPI's status as text; the color is only an aid. */
export const KpiStatusBadge = ({ status }: { readonly status: KpiStatus }) => (
  <StatusBadge tone={statusTones[status]}>{useTexts().kpis.statuses[status]}</StatusBadge>
);

/** A KPI's progress. */
export function KpiProgress({
  progress,
  status,
}: {
  readonly progress: number | null;
  readonly status: KpiStatus;
}) {
  const { percent } = useFormats();
  const { kpis } = useTexts();
  if (progress === null) return <Text size="sm">–</Text>;
  return (
    <Stack gap={2} miw={90}>
      <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {percent(progress)}
      </Text>
      <Progress
        value={progress * 100}
        // The same shade in both themes: Mantine's default gray is barely visible in the dark.
        color={`${statusColours[status]}.6`}
        size="sm"
        aria-label={`${kpis.progress}: ${percent(progress)}`}
      />
    </Stack>
  );
}

/** A KPI's latest value and its time, or that there is none. */
export function KpiLatest({ kpi: { latest, unit } }: { readonly kpi: Pick<Kpi, 'latest' | 'unit'> }) {
  const { kpis } = useTexts();
  const { number } = useFormats();
  if (latest === null) return kpis.never;
  return (
    <Text size="sm" component="div">
      {number(latest.value)} {unit}{' '}
      <Text span size="xs" c="dimmed">
        <Time at={latest.at} />
      </Text>
    </Text>
  );
}

/** The number of KPIs per status: shares as a bar, numbers as a list. */
export function KpiDistribution({ counts }: { readonly counts: Readonly<KpiCount> }) {
  const { kpis, analytics } = useTexts();
  const { number } = useFormats();
  const total = kpiStatuses.reduce((sum, status) => sum + counts[status], 0);
  return (
    <Stack gap="xs">
      <Progress.Root size="lg" aria-hidden>
        {kpiStatuses.map((status) => (
          <Progress.Section
            key={status}
            value={total === 0 ? 0 : (counts[status] / total) * 100}
            color={`${statusColours[status]}.6`}
          />
        ))}
      </Progress.Root>
      <Group component="ul" aria-label={analytics.kpiStatus} gap="md" p={0} m={0}>
        {kpiStatuses.map((status) => (
          <Group key={status} component="li" gap={6} wrap="nowrap" style={{ listStyle: 'none' }}>
            <span className="dot" style={{ background: `var(--mantine-color-${statusColours[status]}-6)` }} />
            <Text size="sm">
              {kpis.statuses[status]}{' '}
              <Text span fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
                {number(counts[status])}
              </Text>
            </Text>
          </Group>
        ))}
      </Group>
    </Stack>
  );
}

const long = 1_000_000;

/** A value in compact notation; the full value is shown on hover. */
export function Amount({ value, unit }: { readonly value: number; readonly unit?: string }) {
  const { number, compact } = useFormats();
  const isLong = Math.abs(value) >= long;
  return (
    <span className="figures" {...(isLong ? { title: number(value) } : {})}>
      {isLong ? compact(value) : number(value)}
      {unit !== undefined && (
        <>
          {' '}
          <bdi>{unit}</bdi>
        </>
      )}
    </span>
  );
}

/** A KPI's value and target: `68 / 80 %`, or `16 / 14–18 °C` for a range. */
export function ValueOfTarget({ kpi }: { readonly kpi: Pick<Kpi, 'latest' | 'target' | 'unit'> }) {
  const { latest, target, unit } = kpi;
  return (
    <span>
      {latest === null ? '–' : <Amount value={latest.value} />}
      {' / '}
      {typeof target === 'number' ? (
        <Amount value={target} unit={unit} />
      ) : (
        <>
          <Amount value={target.low} />–<Amount value={target.high} unit={unit} />
        </>
      )}
    </span>
  );
}

/** When the next value is due, that it is overdue, or that none is expected. */
export function NextDue({ kpi }: { readonly kpi: Kpi }) {
  const { kpis } = useTexts();
  const now = new Date();
  const due = nextDue(kpi, now);
  if (due === null)
    return (
      <Text span size="sm" c="dimmed">
        {kpi.formula === undefined ? kpis.ended : kpis.computed}
      </Text>
    );
  if (isDue(kpi, now)) return <StatusBadge tone="warning">{kpis.dueNow}</StatusBadge>;
  return (
    <Text span size="sm">
      <Day at={due} />
    </Text>
  );
}

interface MemberProps {
  readonly organizationId: string;
  readonly userId: string;
  /** Undefined once they have left. */
  readonly name: string | undefined;
}

/** A member's name, linked to their page where the user may open it; or a note that they have left. */
export function MemberName({ organizationId, userId, name }: MemberProps) {
  const may = useMay(organizationId);
  const { kpis } = useTexts();
  if (name === undefined)
    return (
      <Text span size="sm" c="dimmed">
        {kpis.formerMember}
      </Text>
    );
  if (may('list', 'User') || may('read', 'User', { userId }))
    return <PersonLink organizationId={organizationId} userId={userId} name={name} />;
  return (
    <Text span size="sm" truncate title={name}>
      <bdi>{name}</bdi>
    </Text>
  );
}

/** A KPI's owner, a person or a team, linked to its page where the user may open it. */
export function KpiOwnerName({ kpi }: { readonly kpi: Pick<Kpi, 'organizationId' | 'owner' | 'ownerName'> }) {
  const { organizationId, owner, ownerName } = kpi;
  const may = useMay(organizationId);
  if (owner.kind === 'user')
    return <MemberName organizationId={organizationId} userId={owner.userId} name={ownerName} />;
  const { teamId } = owner;
  if (ownerName === undefined) return '–';
  if (may('read', 'Team', { teamId }))
    return <TeamLink organizationId={organizationId} teamId={teamId} name={ownerName} />;
  return (
    <Text span size="sm" truncate title={ownerName}>
      <bdi>{ownerName}</bdi>
    </Text>
  );
}
