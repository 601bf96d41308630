import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { RequestedUsageRuns, UsagePeriod, UsageRun } from '../../../domain/usage/run.schema.ts';
import { platformAnalyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import { Time } from '../../components/labels.tsx';
import { ErrorNotice } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useChange } from '../../lib/change.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { runsQuery } from './queries.ts';

export function UsageRunsPage() {
  const { runs } = useTexts().analytics;
  return (
    <Page title={runs.title} description={runs.text} actions={<RunNow />}>
      <UsageRuns />
    </Page>
  );
}

const colours: Readonly<Record<UsageRun['status'], string>> = {
  running: 'brand',
  done: 'teal',
  failed: 'red',
};

/** What is shown of each run. */
function useRunColumns(): readonly Column<UsageRun>[] {
  const { runs } = useTexts().analytics;
  const { number, date: dateInWords } = useFormats();
  return [
    {
      id: 'due',
      title: runs.due,
      cell: ({ startedAt }) => <Time at={startedAt} />,
      sort: ({ startedAt }) => startedAt,
    },
    {
      id: 'period',
      title: runs.period,
      cell: ({ period, date }) => `${runs.periods[period]}, ${dateInWords(date)}`,
    },
    {
      id: 'shard',
      title: runs.shard,
      numeric: true,
      cell: ({ shard }) => shard,
      sort: ({ shard }) => shard,
      phone: 'hidden',
    },
    {
      id: 'status',
      title: runs.status,
      width: 120,
      phone: 'fact',
      sort: ({ status }) => runs.statuses[status],
      cell: ({ status }) => (
        <Badge color={colours[status]} variant="dot" tt="none" radius="sm">
          {runs.statuses[status]}
        </Badge>
      ),
    },
    {
      id: 'organizations',
      title: runs.organizations,
      numeric: true,
      cell: ({ organizations }) => organizations,
      sort: ({ organizations }) => organizations,
    },
    {
      id: 'failures',
      title: runs.failures,
      numeric: true,
      cell: ({ failures }) => failures,
      sort: ({ failures }) => failures,
    },
    {
      id: 'attempts',
      title: runs.attempts,
      numeric: true,
      cell: ({ attempts }) => attempts,
      sort: ({ attempts }) => attempts,
    },
    {
      id: 'took',
      title: runs.took,
      numeric: true,
      cell: ({ startedAt, finishedAt }) =>
        finishedAt === undefined
          ? '–'
          : runs.seconds(number((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)),
    },
  ];
}

/** The latest runs of the usage function, and whether each is done. */
function UsageRuns() {
  const { api } = useSession();
  const { analytics } = useTexts();
  const { runs } = analytics;
  const query = useQuery(runsQuery(api));
  const columns = useRunColumns();
  return (
    <QueryView query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={runs.none}>{analytics.notComputedText}</Empty>
        ) : (
          <DataTable
            label={runs.title}
            columns={columns}
            items={items}
            keyOf={({ due, period, shard }) => `${period}-${due}-${shard}`}
          />
        )
      }
    </QueryView>
  );
}

/** The function's own limit is five minutes: after six nothing more is to come. */
const longestMilliseconds = 6 * 60_000;
const pollMilliseconds = 2000;

/** The runs that were asked for, as far as they are over. */
const overOf = (asked: RequestedUsageRuns, runs: readonly UsageRun[]) =>
  runs.filter(
    ({ period, finishedAt }) =>
      period === asked.period && finishedAt !== undefined && finishedAt >= asked.requestedAt,
  );

/** Asks for runs, and follows them until they are over. */
function useRequestedRuns() {
  const { api } = useSession();
  const queries = useQueryClient();
  const request = useChange({
    mutationFn: (period: UsagePeriod, key) =>
      api(platformAnalyticsRoutes.requestUsageRuns, { body: { period }, key }),
    onSuccess: () => queries.invalidateQueries({ queryKey: runsQuery(api).queryKey }),
  });
  const asked = request.data;
  const isUnderWay = (runs: readonly UsageRun[], at: number) =>
    asked !== undefined &&
    overOf(asked, runs).length < asked.shards &&
    at - Date.parse(asked.requestedAt) < longestMilliseconds;
  const polling = usePolling();
  const { data, dataUpdatedAt } = useQuery({
    ...runsQuery(api),
    ...polling,
    refetchInterval: (query) =>
      isUnderWay(query.state.data?.items ?? [], query.state.dataUpdatedAt)
        ? pollMilliseconds
        : polling.refetchInterval(query),
  });
  const items = data?.items ?? [];
  const over = asked === undefined ? [] : overOf(asked, items);
  const done = asked !== undefined && over.length >= asked.shards;
  useEffect(() => {
    if (done) void queries.invalidateQueries({ queryKey: ['analytics'] });
  }, [done, queries]);
  return { request, asked, over, done, underWay: isUnderWay(items, dataUpdatedAt) };
}

/** Starts the usage computation at once, and says how far it is. */
function RunNow() {
  const { runNow } = useTexts().analytics.runs;
  const { request, asked, over, done, underWay } = useRequestedRuns();
  const failed = over.filter(({ status }) => status === 'failed').length;
  const state = () => {
    if (asked === undefined) return '';
    if (underWay) return runNow.progress(over.length, asked.shards);
    if (!done) return runNow.unfinished;
    return failed === 0 ? runNow.done : runNow.failed(failed);
  };
  const button = (period: UsagePeriod) => (
    <Button
      variant={period === 'hour' ? 'filled' : 'default'}
      loading={request.isPending && request.variables === period}
      disabled={request.isPending || underWay}
      onClick={() => request.mutate(period)}
    >
      {runNow[period]}
    </Button>
  );
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs">
        {button('day')}
        {button('hour')}
      </Group>
      <Text size="sm" c="dimmed" role="status" mih="1.5em">
        {state()}
      </Text>
      <ErrorNotice error={request.error} />
    </Stack>
  );
}
