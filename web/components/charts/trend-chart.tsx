import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import '@mantine/core/styles/ColorSwatch.css';
import { useFormats, useTexts } from '../../text/language.tsx';

export interface TrendPoint {
  /** The first day of the step, `yyyy-mm-dd`. */
  readonly date: string;
  /** Null where nothing was measured: the line has a gap. */
  readonly value: number | null;
  /** The same step of the period before. */
  readonly previous?: number | null | undefined;
}

interface TrendProps {
  readonly title: string;
  readonly points: readonly TrendPoint[];
  readonly height?: number;
}

/** A figure over time, the period before it dashed: told apart without colour. `ChartCard` gives it a name and a table. */
export default function TrendChart({ title, points, height = 200 }: TrendProps) {
  const { shortDate, number } = useFormats();
  const { previousPeriod } = useTexts().common;
  const compared = points.some(({ previous }) => previous !== undefined && previous !== null);
  const data = points.map(({ date, value, previous }) => ({
    date: shortDate(date),
    [title]: value,
    [previousPeriod]: previous ?? null,
  }));
  return (
    <LineChart
      h={height}
      data={data}
      dataKey="date"
      curveType="linear"
      withDots={points.length < 2}
      withLegend={compared}
      connectNulls={false}
      valueFormatter={number}
      lineChartProps={{ accessibilityLayer: false }}
      lineProps={{ isAnimationActive: false }}
      series={[
        { name: title, color: 'indigo.6' },
        ...(compared ? [{ name: previousPeriod, color: 'gray.6', strokeDasharray: '4 4' }] : []),
      ]}
    />
  );
}
