import { Button, Group, Menu, Stack, Text } from '@mantine/core';
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { useState } from 'react';
import { type AuditFilter, AuditListQuery } from '../../../domain/audit/audit.schema.ts';
import { fieldErrorsOf } from '../../../domain/field-errors.ts';
import { OrganizationId } from '../../../domain/ids.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { DateRange } from '../../components/date-range.tsx';
import { type Suggestion, TextFilter } from '../../components/filters.tsx';
import { MenuItem } from '../../components/menu-item.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty, Failed, Loading, MayBeOld } from '../../components/states.tsx';
import { saveFile } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { peopleChoicesQuery } from '../../lib/choices.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import classes from './audit-trail.module.css';
import { Entry, type TrailEntry } from './entry.tsx';
import { feedQuery, organizationChoicesQuery, trailQuery, useAuditFilter } from './queries.ts';

export const AuditFeedPage = () => (
  <Page title={useTexts().audit.title}>
    <AuditFeed />
  </Page>
);

export const AuditPage = () => (
  <Page title={useTexts().audit.audit}>
    <AuditTrail organizationId={useOrganization().id} />
  </Page>
);

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
function AuditFeed() {
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
  const texts = useTexts();
  const { audit, trail } = texts;
  const known = Object.entries(trail.actions).map(([value, label]) => ({ value, label }));
  /** What the API would say of it. */
  const refusal = (field: 'actor' | 'action' | 'resource') => (text: string) => {
    const [wrong] = fieldErrorsOf(AuditListQuery.shape[field].safeParse(text).error ?? { issues: [] });
    return wrong === undefined ? null : said(texts, wrong);
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

interface TrailPage {
  readonly items: readonly TrailEntry[];
  readonly nextCursor: string | null;
}

interface EntriesProps {
  readonly query: UseInfiniteQueryResult<InfiniteData<TrailPage>, Error>;
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
      {items.length === 0 &&
        !query.hasNextPage &&
        (filtered ? <NoMatch title={audit.noMatch} /> : <Empty title={audit.none}>{audit.noneText}</Empty>)}
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

interface Props {
  readonly organizationId: OrganizationId;
  readonly filter: AuditFilter;
}

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;
type Format = keyof typeof types;

/** Saves the entries that the filters show as a file, part by part, and says how far it is. */
function ExportMenu({ organizationId, filter }: Props) {
  const { file } = useSession();
  const { audit } = useTexts();
  const [kilobytes, setKilobytes] = useState(0);
  const exporting = useChange({
    mutationFn: async (format: Format) => {
      const parts: Blob[] = [];
      let cursor: string | undefined;
      do {
        const query = { ...filter, format, cursor };
        const part = await file(auditRoutes.exportAuditEntries, { params: { organizationId }, query });
        parts.push(part.blob);
        setKilobytes(Math.round(parts.reduce((sum, { size }) => sum + size, 0) / 1000));
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      saveFile(parts, `audit-${organizationId}.${format}`, types[format]);
    },
    onSuccess: () => notify({ message: audit.exported }),
    onSettled: () => setKilobytes(0),
  });
  return (
    <Group gap="sm">
      <Menu>
        <Menu.Target>
          <Button variant="default" loading={exporting.isPending}>
            {audit.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuItem onClick={() => exporting.mutate('csv')}>{audit.exportCsv}</MenuItem>
          <MenuItem onClick={() => exporting.mutate('jsonl')}>{audit.exportJson}</MenuItem>
        </Menu.Dropdown>
      </Menu>
      <Text size="sm" c="dimmed" role="status">
        {exporting.isPending && audit.exporting(kilobytes)}
      </Text>
      <ErrorNotice error={exporting.error} />
    </Group>
  );
}
