import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DriftRun, DriftRunList } from '../../../domain/drift/drift.schema.ts';
import { driftRoutes } from '../../../functions/http/drift/routes.ts';
import { Time } from '../../components/labels.tsx';
import { ErrorNotice } from '../../components/notify.tsx';
import { Page, Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import type { CallApi } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { Differences } from './differences.tsx';

const shownRuns = 30;

const runsQuery = (api: CallApi) =>
  queryOptions({
    queryKey: ['drift', 'runs'],
    queryFn: ({ signal }) => api(driftRoutes.listDriftRuns, { query: { limit: shownRuns }, signal }),
  });

/** Differences between the organizations and Clerk: what was repaired, and what needs a person. */
export function DriftPage() {
  const { api } = useSession();
  const { drift } = useTexts();
  const query = useQuery(runsQuery(api));
  return (
    <Page title={drift.title} description={drift.text} actions={<CompareNow />}>
      <QueryView query={query}>
        {(list) =>
          list.items.length === 0 ? <Empty title={drift.none}>{drift.noneText}</Empty> : <Report {...list} />
        }
      </QueryView>
    </Page>
  );
}

function Report({ items, organizations }: DriftRunList) {
  const { drift } = useTexts();
  const { moment } = useFormats();
  const [chosen, setChosen] = useState<string | null>(null);
  const run = items.find(({ startedAt }) => startedAt === chosen) ?? items[0];
  const columns = useRunColumns();
  return (
    <Stack gap="lg">
      {run !== undefined && (
        <Section id="differences" title={drift.ofRun(moment(run.startedAt))}>
          {items.length > 1 && (
            <Select
              label={drift.run}
              w={260}
              maw="100%"
              allowDeselect={false}
              data={items.map(({ startedAt }) => ({ value: startedAt, label: moment(startedAt) }))}
              value={run.startedAt}
              onChange={setChosen}
            />
          )}
          <Differences run={run} organizations={organizations} />
        </Section>
      )}
      <Section id="runs" title={drift.runs}>
        <DataTable label={drift.runs} columns={columns} items={items} keyOf={({ startedAt }) => startedAt} />
      </Section>
    </Stack>
  );
}

const tones: Readonly<Record<DriftRun['status'], Tone>> = {
  running: 'info',
  waiting: 'warning',
  done: 'good',
};

/** The columns of the list of runs. */
function useRunColumns(): readonly Column<DriftRun>[] {
  const { drift } = useTexts();
  const { number } = useFormats();
  const { column } = drift;
  const counted = (id: keyof DriftRun['counts'], title: string, width: `${number}fr`): Column<DriftRun> => ({
    // A lone number is meaningless on a phone.
    ...{ id, title, width, numeric: true, phone: 'hidden' },
    cell: ({ counts }) => number(counts[id]),
    sort: ({ counts }) => counts[id],
  });
  return [
    {
      id: 'started',
      title: column.started,
      width: 140,
      cell: ({ startedAt }) => <Time at={startedAt} />,
      sort: ({ startedAt }) => startedAt,
    },
    {
      id: 'kind',
      title: column.kind,
      width: 90,
      cell: ({ dryRun }) => (dryRun ? drift.kinds.preview : drift.kinds.repair),
    },
    {
      id: 'status',
      title: column.status,
      width: 150,
      phone: 'fact',
      sort: ({ status }) => drift.statuses[status],
      cell: ({ status }) => <StatusBadge tone={tones[status]}>{drift.statuses[status]}</StatusBadge>,
    },
    {
      id: 'compared',
      title: column.compared,
      numeric: true,
      phone: 'hidden',
      cell: ({ compared }) => number(compared.people + compared.members + compared.letters),
    },
    counted('found', column.found, '1fr'),
    counted('repaired', column.repaired, '1fr'),
    counted('moved', column.moved, '1.7fr'),
    counted('needs_person', column.needsPerson, '1.4fr'),
    {
      id: 'waits',
      title: column.waits,
      width: '1.4fr',
      numeric: true,
      phone: 'hidden',
      cell: ({ waits }) => number(waits),
    },
  ];
}

const pollMilliseconds = 2000;
/** Longer than a comparison takes, unless it has to wait for Clerk. */
const longestMilliseconds = 120_000;

/** Starts a comparison and follows it until it has finished or waits for Clerk. */
function CompareNow() {
  const { api } = useSession();
  const { drift } = useTexts();
  const queries = useQueryClient();
  const request = useChange({
    mutationFn: (dryRun: boolean, key) => api(driftRoutes.requestDriftRun, { body: { dryRun }, key }),
    onSuccess: () => queries.invalidateQueries({ queryKey: runsQuery(api).queryKey }),
  });
  const asked = request.data;
  const stateAt = ([latest]: readonly DriftRun[], at: number) => {
    if (asked === undefined) return 'idle';
    if (latest !== undefined && latest.startedAt >= asked.requestedAt && latest.status !== 'running')
      return latest.status;
    return at - Date.parse(asked.requestedAt) < longestMilliseconds ? 'underWay' : 'waiting';
  };
  const polling = usePolling();
  const { data, dataUpdatedAt } = useQuery({
    ...runsQuery(api),
    ...polling,
    refetchInterval: (query) =>
      stateAt(query.state.data?.items ?? [], query.state.dataUpdatedAt) === 'underWay'
        ? pollMilliseconds
        : polling.refetchInterval(query),
  });
  const state = stateAt(data?.items ?? [], dataUpdatedAt);
  const said = {
    idle: '',
    done: '',
    underWay: asked?.dryRun ? drift.previewing : drift.underWay,
    waiting: drift.late,
  };
  const button = (dryRun: boolean, title: string) => (
    <Button
      variant={dryRun ? 'default' : 'filled'}
      loading={request.isPending && request.variables === dryRun}
      disabled={request.isPending || state === 'underWay'}
      onClick={() => request.mutate(dryRun)}
    >
      {title}
    </Button>
  );
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs">
        {button(true, drift.preview)}
        {button(false, drift.compareNow)}
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {said[state]}
      </Text>
      <ErrorNotice error={request.error} />
    </Stack>
  );
}
