import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { Time } from '../../components/time.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { nameOf } from './entry.tsx';
import { trailHeadQuery } from './queries.ts';

/** What was done last in an organization, a line each. */
export function OrganizationActivity({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const texts = useTexts();
  const { analytics, audit, home } = texts;
  const query = useQuery(trailHeadQuery(api, organizationId));
  return (
    <Section id="activity" title={analytics.recent}>
      <QueryView query={query} rows={3}>
        {({ items }) => (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {items.length === 0 && (
              <li>
                <Text size="sm" c="dimmed">
                  {audit.noneText}
                </Text>
              </li>
            )}
            {items.map((entry) => (
              <li key={entry.id}>
                <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                  <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                    <Text span size="sm" fw={600} ff="monospace">
                      {entry.action}
                    </Text>{' '}
                    {audit.by(nameOf(entry, texts))}
                  </Text>
                  <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
                    <Time at={entry.timestamp} />
                  </Text>
                </Group>
              </li>
            ))}
          </Stack>
        )}
      </QueryView>
      <Anchor component={Link} to={`/organizations/${organizationId}/audit`} size="sm" w="fit-content">
        {home.allActivity}
      </Anchor>
    </Section>
  );
}
