import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import type { OrganizationId, UserId } from '../../../domain/ids.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import type { SupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { daysAgo } from '../../lib/dates.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { namesOf, type ServedNames, type TrailEntry } from './names.ts';
import { recentQuery, trailHeadQuery } from './queries.ts';
import { TrailList } from './trail-list.tsx';

/** The latest activity in an organization. */
export function OrganizationActivity({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { analytics } = useTexts();
  return (
    <Section id="activity" title={analytics.recent}>
      <Activity organizationId={organizationId} />
    </Section>
  );
}

const mostRecent = 6;

/** Sign-ins are the most frequent entries and change nothing; they are only shown in the audit log. */
const isChange = ({ action }: TrailEntry) => action !== 'session.started';

/** The latest changes in all organizations; the rest is on the audit page. */
export function RecentActivity() {
  const { api } = useSession();
  const { analytics, audit } = useTexts();
  const query = useQuery({ ...recentQuery(api), ...usePolling() });
  return (
    <Section id="activity" title={analytics.recent}>
      <QueryView query={query} rows={4}>
        {({ items }) => (
          <Newest entries={items.filter(isChange).slice(0, mostRecent)} none={audit.noneText} />
        )}
      </QueryView>
      <Anchor component={Link} to="/admin/audit" size="sm" w="fit-content">
        {audit.seeAll}
      </Anchor>
    </Section>
  );
}

/** Activity on a team, its members and its KPIs' owners. */
export const TeamActivity = ({ team: { id, organizationId } }: { readonly team: Team }) => (
  <Activity organizationId={organizationId} filter={{ about: `team/${id}` }} />
);

/** Activity on a KPI, its check-ins and initiatives. */
export const KpiActivity = ({ kpi: { id, organizationId } }: { readonly kpi: Kpi }) => (
  <Activity organizationId={organizationId} filter={{ about: `kpi/${id}` }} />
);

interface PersonProps {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
}

/** What a person did. */
export const PersonActivity = ({ organizationId, userId }: PersonProps) => (
  <Activity organizationId={organizationId} filter={{ actor: userId }} />
);

/** What was viewed and changed during a support access. */
export const SupportActivity = ({ access: { id, organizationId } }: { readonly access: SupportAccess }) => (
  <Activity organizationId={organizationId} filter={{ supportAccess: id }} />
);

const searchOf = (filter: AuditFilter = {}): string => {
  const search = new URLSearchParams(Object.entries(filter)).toString();
  return search === '' ? '' : `?${search}`;
};

interface ActivityProps {
  readonly organizationId: OrganizationId;
  readonly filter?: AuditFilter;
}

const furthestDays = 90;

/** The newest matching entries of the last 90 days, with a link to all of them in the audit log. */
function Activity({ organizationId, filter }: ActivityProps) {
  const { api } = useSession();
  const { audit } = useTexts();
  // Without a limit, a filter with few matches would read the whole log on every visit.
  const bounded = filter && { ...filter, from: daysAgo(furthestDays, new Date()) };
  const query = useQuery({ ...trailHeadQuery(api, organizationId, bounded), ...usePolling() });
  return (
    <Stack gap="xs">
      <QueryView query={query} rows={4}>
        {({ items, names }) => (
          <Newest
            entries={filter === undefined ? items.filter(isChange).slice(0, mostRecent) : items}
            served={names}
            source={organizationId}
            none={filter === undefined ? audit.noneText : audit.noActivity}
          />
        )}
      </QueryView>
      <Anchor
        component={Link}
        to={`/organizations/${organizationId}/audit${searchOf(filter)}`}
        size="sm"
        w="fit-content"
      >
        {audit.seeAll}
      </Anchor>
    </Stack>
  );
}

interface NewestProps {
  readonly entries: readonly TrailEntry[];
  readonly served?: ServedNames | undefined;
  readonly source?: OrganizationId;
  readonly none: string;
}

function Newest({ entries, served, source, none }: NewestProps) {
  if (entries.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  const names = namesOf(entries, served === undefined ? [] : [served]);
  return <TrailList entries={entries} names={names} source={source} />;
}
