import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { may, useMember } from '../../lib/member.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';

/**
 * Tells everybody in an organization that leaves, on each of its pages, that nothing can be changed; and its
 * admins where to get their data.
 */
export function FrozenNotice({ deletionFrom }: { readonly deletionFrom: string }) {
  const { departures } = useTexts();
  const { date } = useFormats();
  const member = useMember();
  const { id } = member.organization;
  return (
    <Group className="banner" p="xs" mb="md" justify="space-between" gap="xs" role="note">
      <Text size="sm">{departures.notice(date(deletionFrom))}</Text>
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
