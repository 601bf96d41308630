import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { RequestedUsageRuns, UsagePeriod, UsageRun } from '../../../domain/usage/run.schema.ts';
import { platformAnalyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import { ErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { runsQuery } from './queries.ts';

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
export function RunNow() {
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
