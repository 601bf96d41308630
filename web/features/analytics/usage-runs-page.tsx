import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UsageRun } from '../../../domain/usage/run.schema.ts';
import { Time } from '../../components/labels.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { runsQuery } from './queries.ts';
import { RunNow } from './run-usage.tsx';

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

/** The columns of the list of runs. */
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
      cell: ({ organizations, uncertain = 0 }) =>
        uncertain === 0 ? organizations : runs.someUncertain(number(organizations), number(uncertain)),
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

/** The latest runs of the usage function, with their status. */
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
