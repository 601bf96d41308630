import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import {
  mostDays,
  type RequestedUsageRuns,
  type UsagePeriod,
  type UsageRun,
  UsageRunRequest,
} from '../../../domain/usage/run.schema.ts';
import { platformAnalyticsRoutes } from '../../../functions/http/analytics/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { ErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { daysAgo } from '../../lib/dates.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { runsQuery } from './queries.ts';

/** The function times out after 15 minutes; nothing can follow later. */
const longestMilliseconds = 16 * 60_000;
const pollMilliseconds = 2000;

/** The requested runs that have finished. */
const overOf = (asked: RequestedUsageRuns, runs: readonly UsageRun[]) =>
  runs.filter(
    ({ period, finishedAt }) =>
      period === asked.period && finishedAt !== undefined && finishedAt >= asked.requestedAt,
  );

/** Follows the requested runs until they have finished. */
function useProgress(asked: RequestedUsageRuns | undefined) {
  const { api } = useSession();
  const queries = useQueryClient();
  const isUnderWay = (runs: readonly UsageRun[], at: number) =>
    asked !== undefined &&
    overOf(asked, runs).length < asked.shards &&
    at - Date.parse(asked.requestedAt) < longestMilliseconds;
  const polling = usePolling();
  const days = asked?.from === undefined ? undefined : { from: asked.from, to: asked.date };
  const { data, dataUpdatedAt } = useQuery({
    ...runsQuery(api, days),
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
  return { over, done, underWay: isUnderWay(items, dataUpdatedAt) };
}

/** As many days up to yesterday as one request may contain. */
const latestDays = () => ({ from: daysAgo(mostDays, new Date()), to: daysAgo(1, new Date()) });
const Days = z.pipe(
  z.pipe(
    z.object({ from: z.string(), to: z.string() }),
    z.transform((days): unknown => ({ period: 'day', ...days })),
  ),
  UsageRunRequest,
);

interface FillProps {
  readonly onAsked: (asked: RequestedUsageRuns) => void;
  readonly onClose: () => void;
}

/** Asks for the days to fill. */
function FillDialog({ onAsked, onClose }: FillProps) {
  const { api } = useSession();
  const queries = useQueryClient();
  const { analytics, common } = useTexts();
  const { fill } = analytics.runs;
  const [initialValues] = useState(latestDays);
  const { form, sending } = useSendForm({
    initialValues,
    check: checkedBy(Days),
    send: async (values, key) =>
      onAsked(await api(platformAnalyticsRoutes.requestUsageRuns, { body: Days.parse(values), key })),
    onSent: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: runsQuery(api).queryKey }),
  });
  const field = (name: keyof typeof initialValues) => (
    <TextInput
      label={common.dates[name]}
      type="date"
      required
      max={initialValues.to}
      {...form.getInputProps(name)}
    />
  );
  return (
    <FormDialog title={fill.title} action={fill.action} sending={sending} onClose={onClose}>
      <Text size="sm">{fill.text}</Text>
      <Group grow align="flex-start">
        {field('from')}
        {field('to')}
      </Group>
    </FormDialog>
  );
}

/** The status of the requested runs, as a sentence. */
function useSentence(
  asked: RequestedUsageRuns | undefined,
  progress: ReturnType<typeof useProgress>,
): string {
  const { runNow } = useTexts().analytics.runs;
  const { over, done, underWay } = progress;
  if (asked === undefined) return '';
  if (asked.shards === 0) return runNow.nothingMissed;
  if (underWay) return runNow.progress(over.length, asked.shards);
  if (!done) return runNow.unfinished;
  const failed = over.filter(({ status }) => status === 'failed').length;
  return failed === 0 ? runNow.done : runNow.failed(failed);
}

/** Starts the usage computation now, or fills missed days, and shows the progress. */
export function RunNow() {
  const { runs } = useTexts().analytics;
  const { api } = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<RequestedUsageRuns>();
  const [filling, dialog] = useDisclosure(false);
  const request = useChange({
    mutationFn: (period: UsagePeriod, key) =>
      api(platformAnalyticsRoutes.requestUsageRuns, { body: { period }, key }),
    onSuccess: (answer) => {
      setAsked(answer);
      return queries.invalidateQueries({ queryKey: runsQuery(api).queryKey });
    },
  });
  const progress = useProgress(asked);
  const state = useSentence(asked, progress);
  const isBusy = request.isPending || progress.underWay;
  const button = (period: UsagePeriod) => (
    <Button
      variant={period === 'hour' ? 'filled' : 'default'}
      loading={request.isPending && request.variables === period}
      disabled={isBusy}
      onClick={() => request.mutate(period)}
    >
      {runs.runNow[period]}
    </Button>
  );
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs" justify="flex-end">
        <Button variant="default" disabled={isBusy} onClick={dialog.open}>
          {runs.fill.open}
        </Button>
        {button('day')}
        {button('hour')}
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {state}
      </Text>
      <ErrorNotice error={request.error} />
      {filling && <FillDialog onAsked={setAsked} onClose={dialog.close} />}
    </Stack>
  );
}
