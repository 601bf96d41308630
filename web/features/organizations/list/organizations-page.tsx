import { Button, Group, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { stages } from '../../../../domain/onboarding/onboarding.schema.ts';
import {
  type ListedOrganization,
  organizationOrders,
  standings,
} from '../../../../domain/organization/organization.schema.ts';
import { plans } from '../../../../domain/subscription/subscription.schema.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { FilterSelect, SearchField, useFilter } from '../../../components/filters.tsx';
import { Page } from '../../../components/page.tsx';
import { NoMatch, PagedList } from '../../../components/query-view.tsx';
import { Empty } from '../../../components/states.tsx';
import { useAddressParameter } from '../../../lib/address.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { type OrganizationFilter, organizationsQuery } from '../queries.ts';
import { ColumnChooser, useChosenColumns } from './list-columns.tsx';
import { SaveCsv } from './save-csv.tsx';

export function OrganizationsPage() {
  const { organizations } = useTexts();
  return (
    <Page
      title={organizations.organizations}
      actions={
        <Button component={Link} to="/admin/organizations/new">
          {organizations.newOrganization}
        </Button>
      }
    >
      <OrganizationList />
    </Page>
  );
}

const idOf = ({ id }: ListedOrganization) => id;

/**
 * All organizations: found while one types, filtered and sorted by the address, in the columns that one
 * wants.
 */
export function OrganizationList() {
  const { api } = useSession();
  const { organizations } = useTexts();
  const { number } = useFormats();
  const filter = useOrganizationFilter();
  const { shown, chosen, turn } = useChosenColumns();
  const query = useInfiniteQuery({
    ...organizationsQuery(api, filter),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Filters />
      <PagedList
        query={query}
        empty={isNarrow(filter) ? <NoMatch title={organizations.noMatch} /> : <None />}
      >
        {(items) => (
          <>
            <Group justify="space-between" align="flex-end" gap="sm">
              <Text size="sm" c="dimmed" aria-live="polite">
                {organizations.count(number(items.length), items.length === 1, query.hasNextPage)}
              </Text>
              <Group align="flex-end" gap="sm">
                <Order />
                <SaveCsv filter={filter} />
                <ColumnChooser chosen={chosen} turn={turn} />
              </Group>
            </Group>
            <DataTable label={organizations.organizations} columns={shown} items={items} keyOf={idOf} long />
          </>
        )}
      </PagedList>
    </>
  );
}

function Filters() {
  const { organizations, analytics, common } = useTexts();
  const standingNames = { ...common.standings, inactive: common.standings.suspended };
  return (
    <Group align="flex-end" gap="sm">
      <SearchField label={organizations.find} description={organizations.findHint} />
      <FilterSelect
        name="status"
        label={organizations.status}
        choices={standings.map((value) => ({ value, label: standingNames[value] }))}
      />
      <FilterSelect
        name="plan"
        label={organizations.plan}
        choices={plans.map((value) => ({ value, label: common.plans[value] }))}
      />
      <FilterSelect
        name="stage"
        label={organizations.stage}
        choices={stages.map((value) => ({ value, label: analytics.stages[value] }))}
      />
      <FilterSelect
        name="ends"
        label={organizations.ends}
        choices={soon.map((value) => ({ value, label: organizations.within(Number(value)) }))}
      />
    </Group>
  );
}

function Order() {
  const { organizations } = useTexts();
  return (
    <>
      <FilterSelect
        name="sort"
        label={organizations.sort}
        all={organizations.orders.name}
        choices={organizationOrders
          .filter((value) => value !== 'name')
          .map((value) => ({ value, label: organizations.orders[value] }))}
      />
      <Direction />
    </>
  );
}

function Direction() {
  const { organizations } = useTexts();
  const [direction, onDirection] = useAddressParameter('direction');
  const isDown = direction === 'desc';
  const name = organizations.directions[isDown ? 'desc' : 'asc'];
  return (
    <Button
      variant="default"
      aria-label={organizations.turn(name)}
      onClick={() => onDirection(isDown ? '' : 'desc')}
      leftSection={<span aria-hidden>{isDown ? '↓' : '↑'}</span>}
    >
      {name}
    </Button>
  );
}

/** In how many days a plan ends that one wants to hear of. */
export const soon = ['30', '90'] as const;
const directions = ['asc', 'desc'] as const;

/** The filter and the order that stand in the address; a value that is none is left out. */
function useOrganizationFilter(): OrganizationFilter {
  const [search] = useAddressParameter('search');
  const status = useFilter('status', standings);
  const plan = useFilter('plan', plans);
  const onboarding = useFilter('stage', stages);
  const ends = useFilter('ends', soon);
  const sort = useFilter('sort', organizationOrders);
  const direction = useFilter('direction', directions);
  return {
    ...(search.trim() === '' ? {} : { search }),
    ...(status === undefined ? {} : { status }),
    ...(plan === undefined ? {} : { plan }),
    ...(onboarding === undefined ? {} : { onboarding }),
    ...(ends === undefined ? {} : { endsWithinDays: ends }),
    ...(sort === undefined ? {} : { sort }),
    ...(direction === undefined ? {} : { direction }),
  };
}

/** Whether a filter leaves anything out; an order doesn't. */
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
