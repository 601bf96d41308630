import { Group, Text } from '@mantine/core';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { PersonLink } from '../../components/links.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { useMay } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';

const tones: Readonly<Record<Invitation['status'], Tone>> = {
  pending: 'info',
  accepted: 'good',
  revoked: 'neutral',
  expired: 'warning',
};

/** Whether an invitation can be resent or revoked. */
export const isOpen = ({ status }: Invitation): boolean => status === 'pending' || status === 'expired';

/** An invitation's status, and whether its email is still to be sent. */
export function InvitationStatus({ status, delivery, deliveryProblem }: Invitation) {
  const { people } = useTexts();
  return (
    <Group gap={6} wrap="nowrap">
      <StatusBadge tone={tones[status]}>{people.states[status]}</StatusBadge>
      {status === 'pending' && delivery !== 'sent' && (
        <Text size="xs" c="dimmed" truncate>
          {delivery === 'queued' ? people.notSentYet : people.notSent(deliveryProblem ?? '')}
        </Text>
      )}
    </Group>
  );
}

interface InviterProps {
  readonly organizationId: OrganizationId;
  readonly invitation: Invitation;
}

/** The inviter; a link for those who may see people. */
export function Inviter({ organizationId, invitation: { invitedBy, inviterName } }: InviterProps) {
  const mayRead = useMay(organizationId)('read', 'User', { userId: invitedBy });
  if (inviterName === undefined) return '–';
  if (!mayRead) return <bdi>{inviterName}</bdi>;
  return <PersonLink organizationId={organizationId} userId={invitedBy} name={inviterName} />;
}
