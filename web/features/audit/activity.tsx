import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import { Time } from '../../components/labels.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { actionOf, nameOf, OrganizationLink, type TrailEntry } from './entry.tsx';
import { recentQuery, trailHeadQuery } from './queries.ts';

/** What was done last in an organization, a line each. */
export function OrganizationActivity({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { analytics, home } = useTexts();
  const query = useQuery({ ...trailHeadQuery(api, organizationId), ...usePolling() });
  return (
    <Section id="activity" title={analytics.recent}>
      <QueryView query={query} rows={3}>
        {({ items }) => <ActivityLines entries={items} />}
      </QueryView>
      <Anchor component={Link} to={`/organizations/${organizationId}/audit`} size="sm" w="fit-content">
        {home.allActivity}
      </Anchor>
    </Section>
  );
}

/** What was done last in all organizations, a line each; the rest is on the audit page. */
export function RecentActivity() {
  const { api } = useSession();
  const { analytics, audit } = useTexts();
  const query = useQuery({ ...recentQuery(api), ...usePolling() });
  return (
    <Section id="activity" title={analytics.recent}>
      <QueryView query={query} rows={3}>
        {({ items }) => <ActivityLines entries={items} />}
      </QueryView>
      <Anchor component={Link} to="/admin/audit" size="sm" w="fit-content">
        {audit.title}
      </Anchor>
    </Section>
  );
}

/** What was done last, a line each: what, by whom, how long ago. */
function ActivityLines({ entries }: { readonly entries: readonly TrailEntry[] }) {
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
