import { Button, Group, Menu, Stack, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { auditFeedRoutes, auditRoutes } from '../../../functions/http/audit/routes.ts';
import { MenuItem } from '../../components/menu-item.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty, Failed, Loading, MayBeOld } from '../../components/states.tsx';
import { saveFile } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { TrailFilters } from './filters.tsx';
import { namesOf } from './names.ts';
import { feedQuery, type TrailPage, trailQuery, useAuditFilter } from './queries.ts';
import { TrailList } from './trail-list.tsx';
import { WitnessNotice } from './witness-notice.tsx';

const reachMs = 30 * 86_400_000;

/** The filter with a fixed period, as an approval requires; without dates it covers the feed until now. */
function withPeriod(filter: AuditFilter): [string, string][] {
  const now = Date.now();
  const period = { from: new Date(now - reachMs).toISOString(), to: new Date(now).toISOString() };
  return Object.entries({ ...period, ...filter }).map(([name, value]) => [name, value ?? '']);
}

/** Requests an export of all organizations' entries, which another super admin has to approve. */
function RequestExport({ filter }: { readonly filter: AuditFilter }) {
  const { audit } = useTexts();
  const navigate = useNavigate();
  const request = (format: Format) => {
    const asked = new URLSearchParams([['dialog', 'export'], ['format', format], ...withPeriod(filter)]);
    void navigate({ href: `/admin/approvals?${asked}` });
  };
  return (
    <Menu position="bottom-end" hideDetached={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {audit.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{audit.needsApproval}</Menu.Label>
        <MenuItem onClick={() => request('csv')}>{audit.exportCsv}</MenuItem>
        <MenuItem onClick={() => request('jsonl')}>{audit.exportJson}</MenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The audit log of the whole platform. */
export function AuditFeedPage() {
  const { api, file } = useSession();
  const filter = useAuditFilter();
  const query = useInfiniteQuery({ ...feedQuery(api, filter), ...usePolling() });
  return (
    <Page title={useTexts().audit.title}>
      <Trail
        query={query}
        isFiltered={Object.keys(filter).length > 0}
        exporting={
          filter.organizationId === undefined ? (
            <RequestExport filter={filter} />
          ) : (
            <ExportMenu
              name="audit"
              read={(format, cursor) =>
                file(auditFeedRoutes.exportAuditFeed, { query: { ...filter, format, cursor } })
              }
            />
          )
        }
      />
    </Page>
  );
}

export function AuditPage() {
  const { id } = useOrganization();
  const { audit } = useTexts();
  const isAllowed = useMay(id)('read', 'AuditCheckpoint');
  const verify = (
    <Button
      component={Link}
      to={`/organizations/${id}/audit/verify`}
      variant="default"
      leftSection={<IconShieldCheck size={16} aria-hidden />}
    >
      {audit.verify.open}
    </Button>
  );
  return (
    <Page title={audit.audit} actions={isAllowed && verify}>
      <WitnessNotice organizationId={id} isAllowed={isAllowed} />
      <AuditTrail organizationId={id} />
    </Page>
  );
}

/** Who did what in one organization, when, and what changed; newest first. */
export function AuditTrail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api, file } = useSession();
  const may = useMay(organizationId);
  const { organizationId: _, ...filter } = useAuditFilter();
  const query = useInfiniteQuery({ ...trailQuery(api, organizationId, filter), ...usePolling() });
  const params = { organizationId };
  return (
    <Trail
      query={query}
      isFiltered={Object.keys(filter).length > 0}
      source={organizationId}
      exporting={
        may('export', 'AuditEntry') && (
          <ExportMenu
            name={`audit-${organizationId}`}
            read={(format, cursor) =>
              file(auditRoutes.exportAuditEntries, { params, query: { ...filter, format, cursor } })
            }
          />
        )
      }
    />
  );
}

interface TrailProps {
  readonly query: UseInfiniteQueryResult<InfiniteData<TrailPage>, Error>;
  readonly isFiltered: boolean;
  readonly source?: OrganizationId;
  readonly exporting: ReactNode;
}

const nothing: readonly TrailPage[] = [];

/** Filters, matching entries, and a button for older ones. */
function Trail({ query, isFiltered, source, exporting }: TrailProps) {
  const pages = query.data?.pages ?? nothing;
  const entries = useMemo(() => pages.flatMap((page) => page.items), [pages]);
  const served = useMemo(() => pages.flatMap(({ names }) => (names === undefined ? [] : [names])), [pages]);
  const names = useMemo(() => namesOf(entries, served), [entries, served]);
  const retry = () => void query.refetch();
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" gap="xs">
        <TrailFilters organizationId={source} names={names} isFiltered={isFiltered} />
        {exporting}
      </Group>
      {query.isRefetchError && query.data !== undefined && <MayBeOld onRetry={retry} />}
      {query.data === undefined && query.isError && <Failed error={query.error} onRetry={retry} />}
      {query.isPending && <Loading rows={8} />}
      {query.data !== undefined && (
        <>
          {entries.length === 0 && !query.hasNextPage && <Nothing isFiltered={isFiltered} />}
          <TrailList entries={entries} names={names} hasMore={query.hasNextPage} isByDay source={source} />
          <Older query={query} />
        </>
      )}
    </Stack>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const { audit } = useTexts();
  return isFiltered ? <NoMatch title={audit.noMatch} /> : <Empty title={audit.none}>{audit.noneText}</Empty>;
}

/** A page may be empty without being the last, so older entries are offered until the end. */
function Older({ query }: Pick<TrailProps, 'query'>) {
  const { audit } = useTexts();
  if (!query.hasNextPage) return query.isFetchNextPageError && <Failed error={query.error} />;
  return (
    <>
      {query.isFetchNextPageError && <Failed error={query.error} />}
      <Group justify="center">
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage({ cancelRefetch: false })}
        >
          {audit.more}
        </Button>
      </Group>
    </>
  );
}

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;
type Format = keyof typeof types;

interface Part {
  readonly blob: Blob;
  readonly nextCursor: string | null;
}

interface Props {
  /** File name without extension. */
  readonly name: string;
  readonly read: (format: Format, cursor: string | undefined) => Promise<Part>;
}

/** Exports the filtered entries as a file, in parts, and shows the progress. */
function ExportMenu({ name, read }: Props) {
  const { audit } = useTexts();
  const [kilobytes, setKilobytes] = useState(0);
  const exporting = useChange({
    mutationFn: async (format: Format) => {
      const parts: Blob[] = [];
      let cursor: string | undefined;
      do {
        const part = await read(format, cursor);
        parts.push(part.blob);
        setKilobytes(Math.round(parts.reduce((sum, { size }) => sum + size, 0) / 1000));
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      saveFile(parts, `${name}.${format}`, types[format]);
    },
    onSuccess: () => notify({ message: audit.exported }),
    onSettled: () => setKilobytes(0),
  });
  return (
    <Group gap={0}>
      <Text size="sm" c="dimmed" role="status" me={exporting.isPending ? 'sm' : 0}>
        {exporting.isPending && audit.exporting(kilobytes)}
      </Text>
      <ErrorNotice error={exporting.error} />
      <Menu position="bottom-end" hideDetached={false}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={exporting.isPending}
          >
            {audit.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuItem onClick={() => exporting.mutate('csv')}>{audit.exportCsv}</MenuItem>
          <MenuItem onClick={() => exporting.mutate('jsonl')}>{audit.exportJson}</MenuItem>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
