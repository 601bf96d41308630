import { Stack, Text } from '@mantine/core';
import { type Forecast, farthest, forecastOf, leastValues } from '../../../domain/kpi/forecast.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { expectedAt } from '../../../domain/kpi/kpi-status.schema.ts';
import { ChartCard } from '../../components/charts/chart-card.tsx';
import { Definition } from '../../components/definition.tsx';
import { roundedFor } from '../../lib/expected.ts';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Props {
  readonly kpi: Kpi;
  /** Oldest first. */
  readonly items: readonly {
    readonly at: string;
    readonly value: number;
    readonly note?: string | undefined;
  }[];
}

/** A KPI's values over time, compared with the expectation, and its forecast. */
export function KpiChart({ kpi, items }: Props) {
  const { kpis } = useTexts();
  const { number } = useFormats();
  const { target, unit } = kpi;
  const forecast = forecastOf(kpi, new Date());
  const goals =
    typeof target === 'number'
      ? [{ name: kpis.target, value: target }]
      : [
          { name: kpis.low, value: target.low },
          { name: kpis.high, value: target.high },
        ];
  const points = items.map(({ at, value, note }) => ({
    ...{ date: at, value, note },
    compared: expectedOn(kpi, at),
  }));
  const ahead = 'none' in forecast ? [] : forecast.course;
  const coming = ahead.slice(1).map(({ at, ...band }) => ({
    date: at,
    value: null,
    compared: expectedOn(kpi, at),
    forecast: roundedBand(kpi, band),
  }));
  return (
    <Stack gap="xs">
      <ChartCard
        title={kpis.valueIn(unit)}
        definition={typeof target === 'number' ? kpis.overTime : kpis.overTimeInRange}
        goals={goals}
        points={[...points, ...coming]}
        inWords={(value) => `${number(value)} ${unit}`}
        {...(coming.length === 0 ? {} : { forecastName: kpis.forecast.name })}
        {...(typeof target === 'number' ? { comparedName: kpis.expected } : {})}
      />
      <ForecastInWords kpi={kpi} forecast={forecast} />
    </Stack>
  );
}

const roundedBand = (kpi: Kpi, { value, low, high }: { value: number; low: number; high: number }) => ({
  value: roundedFor(kpi, value),
  low: roundedFor(kpi, low),
  high: roundedFor(kpi, high),
});

/** The expected value at a time; null for a range. */
function expectedOn(kpi: Kpi, at: string): number | null {
  const expected = expectedAt(kpi, at);
  return expected === null ? null : roundedFor(kpi, expected);
}

interface WordsProps {
  readonly kpi: Kpi;
  readonly forecast: ReturnType<typeof forecastOf>;
}

/** The forecast and its method, as a sentence. */
function ForecastInWords({ kpi, forecast }: WordsProps) {
  const { kpis } = useTexts();
  const { number, date } = useFormats();
  const { forecast: words } = kpis;
  const sentence = (known: Forecast) => {
    const { value, low, high } = roundedBand(kpi, known.end);
    const amount = (one: number) => `${number(one)} ${kpi.unit}`;
    const what = words.says(amount(value), number(low), amount(high), date(kpi.period.end));
    return `${what} ${words.outlooks[known.outlook]}`;
  };
  return (
    <Text size="sm" component="p" m={0} {...('none' in forecast ? { c: 'dimmed' } : {})}>
      {'none' in forecast ? words.none[forecast.none](leastValues, farthest) : sentence(forecast)}{' '}
      <Definition title={words.name} text={words.method(leastValues)} />
    </Text>
  );
}
