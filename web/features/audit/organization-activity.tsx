import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { ActivityLines } from './activity-lines.tsx';
import { trailHeadQuery } from './queries.ts';

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
