import { Button, Group, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { stages } from '../../../../domain/organization/onboarding.schema.ts';
import {
  type ListedOrganization,
  organizationOrders,
  standings,
} from '../../../../domain/organization/organization.schema.ts';
import { plans } from '../../../../domain/subscription/subscription.schema.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import type { Filter } from '../../../components/filter-bar.tsx';
import { useFilter } from '../../../components/filters.tsx';
import { ErrorNotice, notify } from '../../../components/notify.tsx';
import { NewLink, Page } from '../../../components/page.tsx';
import { NoMatch } from '../../../components/query-view.tsx';
import { Empty } from '../../../components/states.tsx';
import type { BulkAction } from '../../../components/table/bulk-actions.tsx';
import { ListTable } from '../../../components/table/list-table.tsx';
import { useServerOrder } from '../../../components/table/order.ts';
import { usePageSize } from '../../../components/table/page-size.ts';
import { useAddressParameter } from '../../../lib/address.ts';
import type { CallApi } from '../../../lib/api.ts';
import { useChange } from '../../../lib/change.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { type OrganizationFilter, organizationsQuery } from '../queries.ts';
import { saveOrganizations, useOrganizationColumns } from './list-columns.tsx';

const pageRows = 100;

interface Reading {
  readonly filter: OrganizationFilter;
  readonly signal: AbortSignal;
  readonly onRead: (rows: number) => void;
}

/** Loads all organizations that match a filter, page by page. */
async function readAll(api: CallApi, { filter, signal, onRead }: Reading): Promise<ListedOrganization[]> {
  const all: ListedOrganization[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...filter, cursor, limit: pageRows };
    const page = await api(organizationsRoutes.listOrganizations, { query, signal });
    all.push(...page.items);
    onRead(all.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

const wasStopped = (error: Error | null) => error instanceof DOMException && error.name === 'AbortError';

/** Exports all filtered organizations as CSV, with progress; can be cancelled. */
function SaveCsv({ filter }: { readonly filter: OrganizationFilter }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const { number } = useFormats();
  const [rows, setRows] = useState(0);
  const stopper = useRef(new AbortController());
  const saving = useChange({
    mutationFn: async () => {
      stopper.current = new AbortController();
      const all = await readAll(api, { filter, signal: stopper.current.signal, onRead: setRows });
      saveOrganizations(all);
      return all.length;
    },
    onSuccess: (saved) => notify({ message: organizations.saved(number(saved)) }),
    onSettled: () => setRows(0),
  });
  return (
    <Group gap={saving.isPending ? 'sm' : 0}>
      <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
        {organizations.saveCsv}
      </Button>
      {saving.isPending && (
        <Button variant="subtle" onClick={() => stopper.current.abort()}>
          {organizations.stop}
        </Button>
      )}
      <Text size="sm" c="dimmed" role="status">
        {saving.isPending && organizations.reading(number(rows))}
      </Text>
      <ErrorNotice error={wasStopped(saving.error) ? null : saving.error} />
    </Group>
  );
}

export function OrganizationsPage() {
  const { organizations } = useTexts();
  return (
    <Page
      title={organizations.organizations}
      actions={<NewLink title={organizations.newOrganization} to="/admin/organizations/new" />}
    >
      <OrganizationList />
    </Page>
  );
}

const keyOf = ({ id }: ListedOrganization) => id;
const hrefOf = ({ id }: ListedOrganization) => `/admin/organizations/${id}`;

/** All organizations, with search, filters and sort order in the URL, and configurable columns. */
export function OrganizationList() {
  const { api } = useSession();
  const { organizations } = useTexts();
  const filter = useOrganizationFilter();
  const pageSize = usePageSize();
  const columns = useOrganizationColumns();
  const query = useInfiniteQuery({
    ...organizationsQuery(api, { ...filter, limit: pageSize.rows }),
    placeholderData: keepPreviousData,
  });
  return (
    <ListTable
      name="organizations"
      label={organizations.organizations}
      columns={columns}
      query={query}
      keyOf={keyOf}
      hrefOf={hrefOf}
      usualOrder="name"
      pageSize={pageSize}
      search={{ label: organizations.find, description: organizations.findHint }}
      filters={useFilters()}
      bulk={useBulk()}
      csv={<SaveCsv filter={filter} />}
      empty={isNarrow(filter) ? <NoMatch title={organizations.noMatch} /> : <None />}
    />
  );
}

/** Actions on several organizations. */
function useBulk(): readonly BulkAction<ListedOrganization>[] {
  const { exportSelected } = useTexts().organizations;
  return useMemo(
    () => [
      {
        id: 'export',
        title: exportSelected,
        icon: <IconDownload size={16} aria-hidden />,
        may: () => true,
        run: async (items) => {
          saveOrganizations(items);
          return { failed: [] };
        },
      },
    ],
    [exportSelected],
  );
}

/** The available filters. */
function useFilters(): readonly Filter[] {
  const { organizations, analytics, common } = useTexts();
  const standingNames = { ...common.standings, inactive: common.standings.suspended };
  return [
    {
      name: 'status',
      label: organizations.status,
      choices: standings.map((value) => ({ value, label: standingNames[value] })),
    },
    {
      name: 'plan',
      label: organizations.plan,
      choices: plans.map((value) => ({ value, label: common.plans[value] })),
    },
    {
      name: 'stage',
      label: organizations.stage,
      choices: stages.map((value) => ({ value, label: analytics.stages[value] })),
    },
    {
      name: 'ends',
      label: organizations.ends,
      choices: soon.map((value) => ({ value, label: organizations.within(Number(value)) })),
    },
  ];
}

/** Filters by plans that end within so many days. */
export const soon = ['30', '90'] as const;

/** The filter and order from the URL; invalid values are ignored. */
function useOrganizationFilter(): OrganizationFilter {
  const [search] = useAddressParameter('search');
  const status = useFilter('status', standings);
  const plan = useFilter('plan', plans);
  const onboarding = useFilter('stage', stages);
  const ends = useFilter('ends', soon);
  const order = useServerOrder(organizationOrders);
  return {
    ...(search.trim() === '' ? {} : { search }),
    ...(status === undefined ? {} : { status }),
    ...(plan === undefined ? {} : { plan }),
    ...(onboarding === undefined ? {} : { onboarding }),
    ...(ends === undefined ? {} : { endsWithinDays: ends }),
    ...order,
  };
}

/** Whether a filter is active; the order doesn't count. */
const isNarrow = ({ sort: _, direction: __, ...filter }: OrganizationFilter): boolean =>
  Object.keys(filter).length > 0;

function None() {
  const { organizations } = useTexts();
  const action = (
    <Button component={Link} to="/admin/organizations/new">
      {organizations.createFirst}
    </Button>
  );
  return (
    <Empty title={organizations.none} action={action}>
      {organizations.noneText}
    </Empty>
  );
}
