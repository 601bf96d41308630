import { Button, Group, Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AuditListQuery } from '../../../domain/audit/audit.schema.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import { DateRange } from '../../components/date-range.tsx';
import { Loading } from '../../components/loading.tsx';
import { Empty, Failed, MayBeOld } from '../../components/states.tsx';
import { type Suggestion, TextFilter } from '../../components/text-filter.tsx';
import { useMay } from '../../lib/access.ts';
import { peopleChoicesQuery } from '../../lib/people-choices.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import { Entry } from './entry.tsx';
import { ExportMenu } from './export-menu.tsx';
import { feedQuery, organizationChoicesQuery, trailQuery, useAuditFilter } from './queries.ts';
import type { TrailEntry } from './words.ts';

const none: readonly Suggestion[] = [];

/** Who did what in one organization, when, and what it changed; newest first. */
export function AuditTrail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const may = useMay(organizationId);
  const { organizationId: _, ...filter } = useAuditFilter();
  const query = useInfiniteQuery({ ...trailQuery(api, organizationId, filter), ...usePolling() });
  const { data: people } = useQuery(peopleChoicesQuery(api, organizationId));
  const actors = people?.items.map(({ userId, name, email }) => ({
    value: userId,
    label: `${name} (${email})`,
  }));
  return (
    <Stack gap="md">
      <Filters actors={actors ?? none} />
      {may('export', 'AuditEntry') && <ExportMenu organizationId={organizationId} filter={filter} />}
      <Entries query={query} filtered={Object.keys(filter).length > 0} />
    </Stack>
  );
}

/** The trails of all organizations together, for the super admin. */
export function AuditFeed() {
  const { api } = useSession();
  const filter = useAuditFilter();
  const query = useInfiniteQuery({ ...feedQuery(api, filter), ...usePolling() });
  const { data: known } = useQuery(organizationChoicesQuery(api));
  const organizations = known?.items.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Stack gap="md">
      <Filters organizations={organizations ?? none} actors={none} />
      <Entries query={query} filtered={Object.keys(filter).length > 0} />
    </Stack>
  );
}

interface FiltersProps {
  readonly actors: readonly Suggestion[];
  /** Where entries of several organizations stand together. */
  readonly organizations?: readonly Suggestion[];
}

function Filters({ actors, organizations }: FiltersProps) {
  const { audit, actions, server } = useTexts();
  const known = Object.entries(actions).map(([value, label]) => ({ value, label }));
  /** What the API would say of it. */
  const refusal = (field: 'actor' | 'action' | 'resource') => (text: string) => {
    const issue = AuditListQuery.shape[field].safeParse(text).error?.issues[0];
    return issue === undefined ? null : server(issue.message);
  };
  return (
    <Group align="flex-start" gap="sm">
      {organizations !== undefined && (
        <TextFilter
          name="organization"
          label={audit.organization}
          placeholder={audit.organizationHint}
          suggestions={organizations}
          refusal={(text) => (OrganizationId.safeParse(text).success ? null : audit.noSuchOrganization)}
        />
      )}
      <TextFilter
        name="actor"
        label={audit.actor}
        placeholder={actors.length > 0 ? audit.actorNameHint : audit.actorHint}
        suggestions={actors}
        refusal={refusal('actor')}
      />
      <TextFilter
        name="action"
        label={audit.action}
        placeholder={audit.actionHint}
        suggestions={known}
        refusal={refusal('action')}
      />
      <TextFilter
        name="resource"
        label={audit.resource}
        placeholder={audit.resourceHint}
        refusal={refusal('resource')}
      />
      <DateRange width={{ base: '47%', sm: 170 }} />
    </Group>
  );
}

interface Page {
  readonly items: readonly TrailEntry[];
  readonly nextCursor: string | null;
}

interface EntriesProps {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page>, Error>;
  readonly filtered: boolean;
}

/** A page may be empty without being the last, so the way further back is offered as long as there is one. */
function Entries({ query, filtered }: EntriesProps) {
  const { audit } = useTexts();
  const retry = () => void query.refetch();
  if (query.data === undefined)
    return query.isError ? <Failed error={query.error} onRetry={retry} /> : <Loading />;
  const items = query.data.pages.flatMap((page) => page.items);
  return (
    <Stack gap="md">
      {query.isRefetchError && <MayBeOld onRetry={retry} />}
      {items.length === 0 && !query.hasNextPage && <Nothing filtered={filtered} />}
      <ol className={classes.trail} aria-label={audit.entries}>
        {items.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
      {query.isFetchNextPageError && <Failed error={query.error} />}
      {query.hasNextPage && (
        <Group justify="center">
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage({ cancelRefetch: false })}
          >
            {audit.more}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  const { audit } = useTexts();
  const navigate = useNavigate();
  if (!filtered) return <Empty title={audit.none}>{audit.noneText}</Empty>;
  return (
    <Empty
      title={audit.noMatch}
      action={
        <Button
          variant="default"
          onClick={() => void navigate({ to: '.', search: ({ tab }) => (tab === undefined ? {} : { tab }) })}
        >
          {audit.showAll}
        </Button>
      }
    />
  );
}
