import { Group, Stack, Text } from '@mantine/core';
import { Time } from '../../components/time.tsx';
import { useTexts } from '../../text/language.tsx';
import { OrganizationLink } from './organization-link.tsx';
import { actionOf, nameOf, type TrailEntry } from './words.ts';

/** What was done last, a line each: what, by whom, how long ago. */
export function ActivityLines({ entries }: { readonly entries: readonly TrailEntry[] }) {
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
          <Line entry={entry} />
        </li>
      ))}
    </Stack>
  );
}

function Line({ entry }: { readonly entry: TrailEntry }) {
  const texts = useTexts();
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <Group gap="0 0.5rem">
        <Text size="sm" fw={600}>
          {actionOf(entry, texts)}
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {texts.audit.by(nameOf(entry, texts))}
        </Text>
        <OrganizationLink entry={entry} />
      </Group>
      <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
        <Time at={entry.timestamp} />
      </Text>
    </Group>
  );
}
