import { Anchor, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { isDue } from '../../../domain/analytics/due.schema.ts';
import type { KpiId } from '../../../domain/ids.ts';
import { Quantity } from '../../../domain/kpi/goal.schema.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { doubtOf, numberOf } from '../../components/form/number-field.ts';
import { KpiLatest, KpiStatusBadge } from '../../components/kpi-status.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useMay } from '../../lib/member.tsx';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import { useQuickCheckIn } from './queries.ts';

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
    { id: 'name', title: kpis.kpi, cell: (kpi) => <Name kpi={kpi} /> },
    {
      id: 'status',
      title: kpis.status,
      width: 140,
      cell: ({ status }) => <KpiStatusBadge status={status} />,
    },
    { id: 'latest', title: kpis.latest, cell: (kpi) => <KpiLatest kpi={kpi} /> },
    {
      id: 'checkIn',
      title: kpis.checkIn,
      width: 260,
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
    <Group gap="xs" wrap="nowrap">
      <Anchor component={Link} to={`/organizations/${organizationId}/kpis/${id}`} fw={600}>
        <bdi>{name}</bdi>
      </Anchor>
      {isDue(kpi, new Date()) && (
        <Badge color="yellow" variant="dot" tt="none" radius="sm">
          {home.due}
        </Badge>
      )}
    </Group>
  );
}

interface FieldProps {
  readonly kpi: Kpi;
  /** What happened, in words, for who doesn't see it. */
  readonly onSaid: (words: string) => void;
}

function Field({ kpi, onSaid }: FieldProps) {
  const may = useMay(kpi.organizationId);
  return may('create', 'CheckIn', instanceOfKpi(kpi)) ? <CheckInField kpi={kpi} onSaid={onSaid} /> : '–';
}

/** What was wrong with a value, beside it. */
function reasonOf(error: Error, texts: Texts): string {
  const { errors } = texts;
  if (!(error instanceof ApiError)) return errors.unexpected;
  if (error.code === 'offline') return errors.offline;
  return said(texts, error.fields[0] ?? error);
}

/** The next field of the same list that a value can be typed into. */
function focusNext(form: HTMLFormElement): void {
  const list = form.closest('table');
  const fields = [...(list?.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]') ?? [])];
  const place = fields.findIndex((field) => form.contains(field));
  fields[place + 1]?.focus();
}

/** A value of this week: a number, and Enter. */
function CheckInField({ kpi, onSaid }: FieldProps) {
  const texts = useTexts();
  const { kpis, home } = texts;
  const { number } = useFormats();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const reporting = useQuickCheckIn(kpi);
  const { name, unit } = kpi;
  const report = () => {
    const doubt = doubtOf(typed);
    if (doubt !== null) return setProblem(texts.errors.twoNumbers(doubt));
    const value = numberOf(typed);
    if (!Quantity.safeParse(value).success) return setProblem(home.checkInNumber);
    setTyped('');
    setProblem(null);
    if (form.current !== null) focusNext(form.current);
    reporting.mutate(value, {
      onSuccess: () => onSaid(kpis.reported(name, `${number(value)} ${unit}`)),
      onError: () => {
        setTyped((later) => (later === '' ? typed : later));
        onSaid(home.refused(name));
      },
    });
  };
  return (
    <form
      ref={form}
      noValidate
      // On a phone the field gives way, not the button.
      style={{ minWidth: 0 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!reporting.isPending) report();
      }}
    >
      <Group gap={6} wrap="nowrap" align="flex-start" justify="flex-end">
        <TextInput
          aria-label={kpis.checkInOf(name)}
          inputMode="decimal"
          autoComplete="off"
          size="sm"
          w={130}
          miw={70}
          value={typed}
          error={problem ?? (reporting.error && reasonOf(reporting.error, texts))}
          rightSection={
            unit.length <= 4 ? (
              <span aria-hidden style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
                {unit}
              </span>
            ) : null
          }
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setProblem(null);
            // What is under way is not of what is typed now.
            if (reporting.isError) reporting.reset();
          }}
        />
        <Button type="submit" size="sm" variant="default" px="sm" flex="none" loading={reporting.isPending}>
          {kpis.report}
        </Button>
      </Group>
    </form>
  );
}
