import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import { Time } from '../../components/time.tsx';
import { useTexts } from '../../text/language.tsx';
import { nameOf } from './entry.tsx';

interface LineProps {
  readonly entry: ShownAuditEntry;
  /** Whether there is a way to the organization: where lines of several stand together. */
  readonly withOrganization?: boolean;
}

interface Props extends Omit<LineProps, 'entry'> {
  readonly entries: readonly ShownAuditEntry[];
}

/** What was done last, a line each: what, by whom, how long ago. */
export function ActivityLines({ entries, withOrganization = false }: Props) {
  const { audit } = useTexts();
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {entries.length === 0 && (
        <li>
          <Text size="sm" c="dimmed">
            {audit.noneText}
          </Text>
        </li>
      )}
      {entries.map((entry) => (
        <li key={entry.id}>
          <Line entry={entry} withOrganization={withOrganization} />
        </li>
      ))}
    </Stack>
  );
}

function Line({ entry, withOrganization = false }: LineProps) {
  const texts = useTexts();
  const { audit } = texts;
  const { action, organizationId, timestamp } = entry;
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Text span size="sm" fw={600} ff="monospace">
          {action}
        </Text>{' '}
        {audit.by(nameOf(entry, texts))}
        {withOrganization && organizationId !== PLATFORM && (
          <>
            {' · '}
            <Anchor
              component={Link}
              to={`/admin/organizations/${organizationId}`}
              size="sm"
              underline="always"
            >
              {audit.organization}
            </Anchor>
          </>
        )}
      </Text>
      <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
        <Time at={timestamp} />
      </Text>
    </Group>
  );
}
