import { Group, Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useFormats, useTexts } from '../../text/language.tsx';
import { Day } from '../labels.tsx';
import { DataTable } from '../table/data-table.tsx';
import { type Goal, TrendChart, type TrendPoint } from './trend-chart.tsx';

interface ChartCardProps {
  readonly title: string;
  /** What is counted, and how: in a sentence. */
  readonly definition: string;
  readonly points: readonly TrendPoint[];
  /** The number that stands for all of it, and of what time it is; by default the last value. */
  readonly figure?: { readonly value: number | null; readonly of: string };
  readonly height?: number;
  readonly goals?: readonly Goal[];
}

const noGoals: readonly Goal[] = [];

const shown = (value: number | null | undefined, number: (value: number) => string): string =>
  value === null || value === undefined ? '–' : number(value);

/** A trend with the number that stands for it, its definition, and its figures as a table on demand. */
export function ChartCard({
  title,
  definition,
  points,
  figure,
  height = 200,
  goals = noGoals,
}: ChartCardProps) {
  const { common } = useTexts();
  const { number } = useFormats();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const value = figure === undefined ? points.findLast((point) => point.value !== null)?.value : figure.value;
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-labelledby={id}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Stack gap={0}>
            <Title order={2} size="h5" id={id}>
              {title}
            </Title>
            <Text fz={28} fw={700} lh={1.3} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {shown(value, number)}
            </Text>
            {figure !== undefined && (
              <Text size="xs" c="dimmed">
                {figure.of}
              </Text>
            )}
          </Stack>
          <UnstyledButton fz="sm" td="underline" onClick={() => setAsTable(!asTable)} aria-pressed={asTable}>
            {asTable ? common.asChart : common.asTable}
          </UnstyledButton>
        </Group>
        {asTable ? (
          <Figures title={title} points={points} />
        ) : (
          <div aria-hidden>
            <TrendChart title={title} points={points} height={height} goals={goals} />
          </div>
        )}
        <Text size="sm" c="dimmed">
          {definition}
        </Text>
      </Stack>
    </Paper>
  );
}

function Figures({ title, points }: Pick<ChartCardProps, 'title' | 'points'>) {
  const { common } = useTexts();
  const { number } = useFormats();
  const compared = points.some(({ previous }) => previous !== undefined);
  return (
    <DataTable
      label={title}
      items={[...points].reverse()}
      keyOf={({ date }) => date}
      columns={[
        { id: 'day', title: common.day, cell: ({ date }) => <Day at={date} />, sort: ({ date }) => date },
        {
          id: 'value',
          title,
          numeric: true,
          cell: ({ value }) => shown(value, number),
          sort: ({ value }) => value,
        },
        ...(compared
          ? [
              {
                id: 'previous',
                title: common.previousPeriod,
                numeric: true,
                cell: ({ previous }: TrendPoint) => shown(previous, number),
              },
            ]
          : []),
      ]}
    />
  );
}
