import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { KpiId } from '../../../domain/ids.ts';
import { isDue } from '../../../domain/kpi/due.schema.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { KpiLatest, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { Amount } from '../../components/kpi-value.tsx';
import { KpiLink } from '../../components/links.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { expectedToday } from '../../lib/expected.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import { CheckInField } from './check-in-field.tsx';

/** The KPIs in the order in which they were first: one that has been reported stays where it is. */
function useSteady(kpis: readonly Kpi[]): readonly Kpi[] {
  const [order, setOrder] = useState<readonly KpiId[]>([]);
  const fresh = kpis.filter(({ id }) => !order.includes(id)).map(({ id }) => id);
  if (fresh.length > 0) setOrder([...order, ...fresh]);
  const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  return [...order, ...fresh].flatMap((id) => byId.get(id) ?? []);
}

interface Props {
  readonly label: string;
  readonly kpis: readonly Kpi[];
}

/** KPIs as rows into which this week's values are typed, one after the other. */
export function CheckInList({ label, kpis: given }: Props) {
  const { kpis, home } = useTexts();
  const { frozenAt } = useOrganization();
  const [said, setSaid] = useState('');
  const items = useSteady(given);
  const columns: readonly Column<Kpi>[] = [
    { id: 'name', title: kpis.kpi, cell: (kpi) => <Name kpi={kpi} /> },
    {
      id: 'status',
      title: kpis.status,
      width: 140,
      cell: ({ status }) => <KpiStatusBadge status={status} />,
    },
    { id: 'latest', title: kpis.latest, cell: (kpi) => <KpiLatest kpi={kpi} /> },
    {
      id: 'expected',
      title: kpis.expectedToday,
      width: 150,
      numeric: true,
      cell: (kpi) => <Expected kpi={kpi} />,
      phone: 'hidden',
    },
    {
      id: 'checkIn',
      title: kpis.checkIn,
      width: 300,
      numeric: true,
      grows: true,
      phone: 'fact',
      cell: (kpi) => <Field kpi={kpi} onSaid={setSaid} />,
    },
  ];
  if (items.length === 0) return null;
  return (
    <Stack gap="xs">
      <DataTable label={label} columns={columns} items={items} keyOf={({ id }) => id} />
      {frozenAt === undefined && (
        <Text size="sm" c="dimmed">
          {home.checkInHint}
        </Text>
      )}
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </Stack>
  );
}

function Name({ kpi }: { readonly kpi: Kpi }) {
  const { home } = useTexts();
  const { id, name, organizationId } = kpi;
  return (
    <Group gap="xs" wrap="nowrap">
      <KpiLink organizationId={organizationId} kpiId={id} name={name} fw={600} />
      {isDue(kpi, new Date()) && <StatusBadge tone="warning">{home.due}</StatusBadge>}
    </Group>
  );
}

interface FieldProps {
  readonly kpi: Kpi;
  readonly onSaid: (words: string) => void;
}

function Field({ kpi, onSaid }: FieldProps) {
  const may = useMay(kpi.organizationId);
  return may('create', 'CheckIn', instanceOfKpi(kpi)) ? <CheckInField kpi={kpi} onSaid={onSaid} /> : '–';
}

/** What is expected of it today; nothing of a range, which is expected all the time. */
function Expected({ kpi }: { readonly kpi: Kpi }) {
  const expected = expectedToday(kpi, new Date());
  return expected === null ? '–' : <Amount value={expected} unit={kpi.unit} />;
}
