import { ActionIcon, Anchor, Group, Paper, Stack, Text, Title, Tooltip } from '@mantine/core';
import IconChartLine from '@tabler/icons-react/icons/IconChartLine';
import IconTable from '@tabler/icons-react/icons/IconTable';
import { Link } from '@tanstack/react-router';
import { type ComponentProps, useId, useState } from 'react';
import { useFormats, useTexts } from '../../text/language.tsx';
import { Definition } from '../definition.tsx';
import { Day } from '../labels.tsx';
import type { Column } from '../table/column.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';
import { Delta } from './delta.tsx';
import { isKnown, type TrendPoint } from './plot.tsx';
import { TrendChart, withBand } from './trend-chart.tsx';

interface ChartCardProps extends Omit<ComponentProps<typeof TrendChart>, 'height'> {
  /** What is counted, and how, in one sentence. */
  readonly definition: string;
  /** The headline number and the period it covers; by default the last value. */
  readonly figure?: { readonly value: number | null; readonly of: string };
  readonly delta?: ComponentProps<typeof Delta> | undefined;
  /** A link to the data behind the figure. */
  readonly behind?: { readonly to: string; readonly title: string } | undefined;
  readonly height?: number;
}

/** A trend with its headline number and definition; the values are available as a table. */
export function ChartCard({ definition, figure, delta, behind, height = 220, ...chart }: ChartCardProps) {
  const { title, points, inWords } = chart;
  const { analytics } = useTexts();
  const { number } = useFormats();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const value = figure === undefined ? points.findLast((point) => point.value !== null)?.value : figure.value;
  const isEmpty = points.every((point) => !isKnown(point.value) && !isKnown(point.compared));
  const toggle = asTable ? analytics.asChart : analytics.asTable;
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Stack gap={0}>
            <Group gap={4} wrap="nowrap">
              <Title order={2} size="h5" id={id}>
                <bdi>{title}</bdi>
              </Title>
              <Definition title={title} text={definition} />
            </Group>
            <Group gap="sm" align="baseline">
              <Text fz={24} fw={600} lh={1.3} className="figures">
                {isKnown(value) ? (inWords ?? number)(value) : '–'}
              </Text>
              {delta !== undefined && <Delta {...delta} />}
            </Group>
            {figure !== undefined && (
              <Text size="xs" c="dimmed">
                {figure.of}
              </Text>
            )}
          </Stack>
          <Tooltip label={toggle}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${toggle}: ${title}`}
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <IconChartLine size={18} aria-hidden /> : <IconTable size={18} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        </Group>
        {isEmpty && (
          <Text size="sm" c="dimmed" ta="center" py="xl">
            {analytics.noDataInPeriod}
          </Text>
        )}
        {!isEmpty && (asTable ? <Figures {...chart} /> : <TrendChart {...chart} height={height} />)}
        {behind !== undefined && (
          <Anchor component={Link} to={behind.to} size="sm" w="fit-content">
            {behind.title}
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}

type FiguresProps = Pick<ChartCardProps, 'title' | 'points' | 'comparedName' | 'forecastName' | 'inWords'>;

/** A chart's points as table rows, newest first. */
function Figures({ title, points, comparedName, forecastName = '', inWords }: FiguresProps) {
  const { analytics } = useTexts();
  const { number } = useFormats();
  const said = (value: number | null | undefined) => (isKnown(value) ? (inWords ?? number)(value) : '–');
  const plain = (value: number | null | undefined) => (isKnown(value) ? String(value) : '');
  const columns: readonly Column<TrendPoint>[] = [
    {
      id: 'day',
      title: analytics.date,
      cell: ({ date, label }) => label ?? <Day at={date} />,
      text: ({ date }) => date,
      sort: ({ date }) => date,
    },
    {
      id: 'value',
      title,
      numeric: true,
      cell: ({ value, forecast }) =>
        forecast === undefined ? said(value) : `${forecastName}: ${withBand(forecast, said)}`,
      text: ({ value, forecast }) => plain(forecast?.value ?? value),
      sort: ({ value }) => value,
    },
    {
      id: 'compared',
      title: comparedName ?? '',
      numeric: true,
      cell: ({ compared }) => said(compared),
      text: ({ compared }) => plain(compared),
      sort: ({ compared }) => compared ?? null,
    },
  ];
  const shown = comparedName === undefined ? columns.slice(0, 2) : columns;
  const items = [...points].reverse();
  return (
    <Stack gap="xs">
      <Group justify="flex-end">
        <CsvButton name={title} columns={shown} items={items} />
      </Group>
      <DataTable label={title} items={items} keyOf={({ date }) => date} columns={shown} />
    </Stack>
  );
}
