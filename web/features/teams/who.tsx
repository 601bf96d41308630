import { Group } from '@mantine/core';
import type { OrganizationId, TeamId } from '../../../domain/ids.ts';
import { PersonAvatar, PersonLink } from '../../components/links.tsx';
import { useMay } from '../../lib/member.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  /** A team that they belong to. */
  readonly teamId: TeamId;
  readonly userId: string;
  readonly name: string;
  readonly size?: number;
}

/** A person in a team, linked to their page where the user may open it. */
export function Who({ organizationId, teamId, userId, name, size = 20 }: Props) {
  const mayRead = useMay(organizationId)('read', 'User', { userId, teamIds: [teamId] });
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex" maw="100%">
      <PersonAvatar name={name} size={size} />
      {mayRead ? (
        <PersonLink organizationId={organizationId} userId={userId} name={name} />
      ) : (
        <bdi title={name} style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {name}
        </bdi>
      )}
    </Group>
  );
}
