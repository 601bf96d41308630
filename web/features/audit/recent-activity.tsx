import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { ActivityLines } from './activity-lines.tsx';
import { recentQuery } from './queries.ts';

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
