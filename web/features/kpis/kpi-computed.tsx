import { Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { Amount } from '../../components/kpi.tsx';
import { KpiLink } from '../../components/links.tsx';
import { Empty } from '../../components/states.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { KpiChart } from './kpi-chart.tsx';

interface Props {
  readonly kpi: Kpi;
}

/** How a KPI is computed: its sources with their values, and the formula. */
export function ComputedFrom({ kpi }: Props) {
  const { kpis } = useTexts();
  const { number } = useFormats();
  const { formula, sources = [], organizationId } = kpi;
  if (formula === undefined) return null;
  const { kind, weights = [], percent = false } = formula;
  const sign = kind === 'ratio' ? ' ÷ ' : ' + ';
  return (
    <Stack gap={4}>
      <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
        {kind === 'weighted_mean' && `${kpis.formulas.weighted_mean}: `}
        {formula.sources.map((id, place) => {
          const source = sources.find((one) => one.id === id);
          return (
            <Fragment key={id}>
              {place > 0 && sign}
              {kind === 'weighted_mean' && `${number(weights[place] ?? 0)} × `}
              {source === undefined ? (
                <Text span size="sm" c="dimmed">
                  {kpis.hiddenSource}
                </Text>
              ) : (
                <>
                  <span style={{ display: 'inline-flex', maxWidth: '100%' }}>
                    <KpiLink organizationId={organizationId} kpiId={id} name={source.name} />
                  </span>{' '}
                  ({source.value === null ? '–' : <Amount value={source.value} unit={source.unit} />})
                </>
              )}
            </Fragment>
          );
        })}
        {percent && ' × 100'}
      </Text>
    </Stack>
  );
}

/** The last values of a computed KPI, which has no check-ins of its own. */
export function ComputedValues({ kpi }: Props) {
  const { kpis } = useTexts();
  const { recent = [] } = kpi;
  if (recent.length === 0) return <Empty title={kpis.noValues}>{kpis.noValuesText}</Empty>;
  return (
    <Stack gap="xs">
      <KpiChart kpi={kpi} items={recent} />
      <Text size="sm" c="dimmed">
        {kpis.computedValuesText}
      </Text>
    </Stack>
  );
}
