import { Anchor, Badge, Flex, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isDue } from '../../../domain/analytics/due.schema.ts';
import type { KpiId } from '../../../domain/ids.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { KpiLatest } from '../../components/kpi-latest.tsx';
import { KpiStatusBadge } from '../../components/kpi-status.tsx';
import { useMay } from '../../lib/access.ts';
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
  const [said, setSaid] = useState('');
  const items = useSteady(given);
  const columns: readonly Column<Kpi>[] = [
    { title: kpis.kpi, cell: (kpi) => <Name kpi={kpi} /> },
    { title: kpis.status, cell: ({ status }) => <KpiStatusBadge status={status} /> },
    { title: kpis.latest, cell: (kpi) => <KpiLatest kpi={kpi} /> },
    { title: kpis.checkIn, numeric: true, cell: (kpi) => <Field kpi={kpi} onSaid={setSaid} /> },
  ];
  if (items.length === 0) return null;
  return (
    <Stack gap="xs">
      <DataTable label={label} columns={columns} items={items} keyOf={({ id }) => id} />
      <Text size="sm" c="dimmed">
        {home.checkInHint}
      </Text>
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
    <Flex gap="xs" wrap="wrap" align="center" justify={{ base: 'flex-end', sm: 'flex-start' }}>
      <Anchor component={Link} to={`/organizations/${organizationId}/kpis/${id}`} fw={600}>
        <bdi>{name}</bdi>
      </Anchor>
      {isDue(kpi, new Date()) && (
        <Badge color="yellow" variant="dot" tt="none" radius="sm">
          {home.due}
        </Badge>
      )}
    </Flex>
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
