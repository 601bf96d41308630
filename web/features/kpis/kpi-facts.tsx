import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { Amount, KpiOwnerName, KpiProgress, MemberName, NextDue } from '../../components/kpi.tsx';
import { Time } from '../../components/labels.tsx';
import { expectedToday } from '../../lib/expected.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { ComputedFrom } from './kpi-computed.tsx';
import { KpiConfidence } from './kpi-confidence.tsx';

/** A KPI's value, target and deadline, its owner and reporters, and the next due date. */
export function KpiFacts({ kpi }: { readonly kpi: Kpi }) {
  const { kpis } = useTexts();
  const { progress, status, description } = kpi;
  return (
    <Paper withBorder radius="md" p="md">
      <SimpleGrid cols={{ base: 2, md: 5 }} spacing="md" component="dl" m={0}>
        <Current kpi={kpi} />
        <Expected kpi={kpi} />
        <Target kpi={kpi} />
        <Fact title={kpis.progress}>
          <KpiProgress progress={progress} status={status} />
        </Fact>
        <Fact title={kpis.confidence.name}>
          <KpiConfidence kpi={kpi} />
        </Fact>
        <Fact title={kpis.owner}>
          <KpiOwnerName kpi={kpi} />
        </Fact>
        {kpi.formula === undefined ? (
          <Fact title={kpis.assignees}>
            <Reporters kpi={kpi} />
          </Fact>
        ) : (
          <Fact title={kpis.computedFrom}>
            <ComputedFrom kpi={kpi} />
          </Fact>
        )}
        {kpi.formula === undefined && (
          <Fact title={kpis.nextDue} hint={kpis.weekly}>
            <NextDue kpi={kpi} />
          </Fact>
        )}
        <Period kpi={kpi} />
      </SimpleGrid>
      {description !== undefined && (
        <Text
          mt="md"
          size="sm"
          c="dimmed"
          maw="60rem"
          style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
        >
          {description}
        </Text>
      )}
    </Paper>
  );
}

interface OfKpi {
  readonly kpi: Kpi;
}

function Current({ kpi: { latest, unit } }: OfKpi) {
  const { kpis } = useTexts();
  return (
    <Fact title={kpis.current} hint={latest !== null && <Time at={latest.at} />}>
      <Text fz={24} fw={600} lh={1.3}>
        {latest === null ? '–' : <Amount value={latest.value} unit={unit} />}
      </Text>
    </Fact>
  );
}

function Expected({ kpi }: OfKpi) {
  const { kpis } = useTexts();
  const { unit, baseline, target } = kpi;
  const expected = expectedToday(kpi, new Date());
  const start = (
    <>
      {kpis.baseline}: <Amount value={baseline} unit={unit} />
    </>
  );
  return (
    <Fact title={kpis.expectedToday} hint={start}>
      <Text fz={24} fw={600} lh={1.3}>
        {expected === null && typeof target !== 'number' ? (
          <>
            <Amount value={target.low} />–<Amount value={target.high} unit={unit} />
          </>
        ) : (
          <Amount value={expected ?? baseline} unit={unit} />
        )}
      </Text>
    </Fact>
  );
}

function Target({ kpi: { target, unit, direction } }: OfKpi) {
  const { kpis } = useTexts();
  return (
    <Fact title={kpis.target} hint={kpis.directions[direction]}>
      <Text fz={24} fw={600} lh={1.3}>
        {typeof target === 'number' ? (
          <Amount value={target} unit={unit} />
        ) : (
          <>
            <Amount value={target.low} />–<Amount value={target.high} unit={unit} />
          </>
        )}
      </Text>
    </Fact>
  );
}

function Period({ kpi: { period } }: OfKpi) {
  const { kpis } = useTexts();
  const { date } = useFormats();
  return (
    <Fact title={kpis.periodTitle}>
      <Text size="sm">{kpis.period(date(period.start), date(period.end))}</Text>
    </Fact>
  );
}

/** The reporters, by name. */
function Reporters({ kpi }: OfKpi) {
  const { assignees = [], organizationId, owner } = kpi;
  const { kpis } = useTexts();
  if (assignees.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {owner.kind === 'team' ? kpis.teamLeadReports : '–'}
      </Text>
    );
  return (
    <Group gap="0.25rem 1rem">
      {assignees.map(({ userId, name }) => (
        <MemberName key={userId} organizationId={organizationId} userId={userId} name={name} />
      ))}
    </Group>
  );
}

interface FactProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

const Fact = ({ title, hint, children }: FactProps) => (
  <Stack gap={2} miw={0}>
    <Text size="sm" c="dimmed" component="dt">
      {title}
    </Text>
    <Stack gap={0} component="dd" m={0} miw={0}>
      {children}
      {hint !== undefined && hint !== false && (
        <Text size="xs" c="dimmed" component="div">
          {hint}
        </Text>
      )}
    </Stack>
  </Stack>
);
