import { SimpleGrid, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { UsageSnapshot } from '../../../domain/usage/usage.schema.ts';
import { usageRoutes } from '../../../functions/http/routes/usage.routes.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { Day, Time } from '../../components/time.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useSession } from '../../lib/session.tsx';

const shownDays = 90;
const dayMs = 86_400_000;
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

const usageQuery = (api: CallApi, organizationId: OrganizationId) =>
  queryOptions({
    queryKey: ['usage', organizationId],
    queryFn: ({ signal }) =>
      api(usageRoutes.listUsage, {
        params: { organizationId },
        query: { from: dateOf(Date.now() - shownDays * dayMs), to: dateOf(Date.now()) },
        signal,
      }),
  });

const metrics: readonly {
  readonly title: string;
  readonly definition: string;
  readonly of: (snapshot: UsageSnapshot) => number;
}[] = [
  { title: 'Users', definition: 'Members at the end of the day', of: ({ users }) => users },
  {
    title: 'Open invitations',
    definition: 'Invitations that nobody had accepted when the day was computed',
    of: ({ pendingInvitations }) => pendingInvitations,
  },
];

/** An organization's figures day by day, as the scheduled function computed them: to look at, and to read. */
export function Usage({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const query = useQuery(usageQuery(api, organizationId));
  return (
    <QueryView query={query}>
      {({ items }) => {
        const latest = items.at(-1);
        if (latest === undefined)
          return (
            <Empty title="No figures yet">
              They are computed every hour, and closed for each day after midnight (UTC).
            </Empty>
          );
        return (
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {metrics.map(({ title, definition, of }) => (
                <ChartCard
                  key={title}
                  title={title}
                  definition={definition}
                  points={items.map((item) => ({ date: item.date, value: of(item) }))}
                />
              ))}
            </SimpleGrid>
            <Text size="sm" c="dimmed">
              Computed <Time at={latest.computedAt} /> by definition {latest.definition}
              {latest.final ? '' : '; today’s figures still change'}.
            </Text>
            <Days items={items} />
          </Stack>
        );
      }}
    </QueryView>
  );
}

const Days = ({ items }: { readonly items: readonly UsageSnapshot[] }) => (
  <details>
    <summary>The figures as a table</summary>
    <DataTable
      label="Usage by day"
      items={[...items].reverse()}
      keyOf={({ date }) => date}
      columns={[
        { title: 'Day', cell: ({ date }) => <Day at={date} /> },
        ...metrics.map(({ title, of }) => ({
          title,
          numeric: true,
          cell: (item: UsageSnapshot) => of(item),
        })),
        { title: 'State', cell: ({ final }) => (final ? 'Final' : 'Provisional') },
      ]}
    />
  </details>
);
