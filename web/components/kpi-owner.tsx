import { Text } from '@mantine/core';
import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { useMay } from '../lib/member.tsx';
import { useTexts } from '../text/language.tsx';
import { PersonLink, TeamLink } from './links.tsx';

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
