import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import { may, useMember } from '../../lib/member.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  readonly deletionFrom: string;
  /** Whether a super admin reads it, who isn't of the organization. */
  readonly isVisit: boolean;
}

/**
 * Tells everybody in an organization that leaves, on each of its pages, that nothing can be changed; its
 * admins where to get their data, and a super admin how far the leaving is.
 */
export function FrozenNotice({ organizationId: id, deletionFrom, isVisit }: Props) {
  const { departures } = useTexts();
  const { date } = useFormats();
  const member = useMember();
  const day = date(deletionFrom);
  if (isVisit)
    return (
      <Group className="banner" p="xs" mb="md" justify="space-between" gap="xs" role="note">
        <Text size="sm">{departures.visitNotice(day)}</Text>
        <Anchor component={Link} to={`/admin/departures/${id}`} size="sm" c="inherit" underline="always">
          {departures.see}
        </Anchor>
      </Group>
    );
  return (
    <Group className="banner" p="xs" mb="md" justify="space-between" gap="xs" role="note">
      <Text size="sm">{departures.notice(day)}</Text>
      {may(member, 'export', 'DataExport', id) && (
        <Anchor
          component={Link}
          to={`/organizations/${id}/data-export`}
          size="sm"
          c="inherit"
          underline="always"
        >
          {departures.ownExport}
        </Anchor>
      )}
    </Group>
  );
}
