import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UsageRun } from '../../../domain/usage/run.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { runsQuery } from './queries.ts';

const colours: Readonly<Record<UsageRun['status'], string>> = {
  running: 'indigo',
  done: 'teal',
  failed: 'red',
};

/** The latest runs of the usage function, and whether each is done. */
export function UsageRuns() {
  const { api } = useSession();
  const { analytics } = useTexts();
  const { number, date: dateInWords } = useFormats();
  const { runs } = analytics;
  const query = useQuery(runsQuery(api));
  const columns: readonly Column<UsageRun>[] = [
    { title: runs.due, cell: ({ startedAt }) => <Time at={startedAt} /> },
    { title: runs.period, cell: ({ period, date }) => `${runs.periods[period]}, ${dateInWords(date)}` },
    { title: runs.shard, numeric: true, cell: ({ shard }) => shard },
    {
      title: runs.status,
      cell: ({ status }) => (
        <Badge color={colours[status]} variant="dot" tt="none" radius="sm">
          {runs.statuses[status]}
        </Badge>
      ),
    },
    { title: runs.organizations, numeric: true, cell: ({ organizations }) => organizations },
    { title: runs.failures, numeric: true, cell: ({ failures }) => failures },
    { title: runs.attempts, numeric: true, cell: ({ attempts }) => attempts },
    {
      title: runs.took,
      numeric: true,
      cell: ({ startedAt, finishedAt }) =>
        finishedAt === undefined
          ? '–'
          : runs.seconds(number((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)),
    },
  ];
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
