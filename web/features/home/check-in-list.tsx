import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import IconMessagePlus from '@tabler/icons-react/icons/IconMessagePlus';
import { type FormEvent, useRef, useState } from 'react';
import type { KpiId } from '../../../domain/ids.ts';
import { isDue } from '../../../domain/kpi/due.schema.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { readValue, reasonOf, useReported } from '../../components/check-in/use-check-in.ts';
import { Amount, KpiLatest, KpiStatusBadge } from '../../components/kpi.tsx';
import { KpiLink } from '../../components/links.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { expectedToday } from '../../lib/expected.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { useQuickCheckIn } from './queries.ts';

interface CheckInFieldProps {
  readonly kpi: Kpi;
  /** Announces what happened to screen readers. */
  readonly onSaid: (words: string) => void;
}

/** The next input of the same list. */
function focusNext(form: HTMLFormElement): void {
  const list = form.closest('table');
  const fields = [...(list?.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]') ?? [])];
  const place = fields.findIndex((field) => form.contains(field));
  fields[place + 1]?.focus();
}

const maxUnit = 4;

/** A quick check-in: a value, Enter, and an optional comment. */
function CheckInField({ kpi, onSaid }: CheckInFieldProps) {
  const texts = useTexts();
  const { kpis, home } = texts;
  const { number } = useFormats();
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const reporting = useQuickCheckIn(kpi);
  const say = useReported(kpi);
  const { name, unit } = kpi;
  useUnsavedGuard(typed !== '' || (note ?? '') !== '');
  const report = () => {
    const read = readValue(typed, texts);
    if ('problem' in read) return setProblem(read.problem);
    const said = (note ?? '').trim();
    setTyped('');
    setNote(null);
    setProblem(null);
    if (form.current !== null) focusNext(form.current);
    reporting.mutate(
      { ...read, ...(said === '' ? {} : { note: said }) },
      {
        onSuccess: (reported) => {
          onSaid(kpis.reported(name, `${number(reported.value)} ${unit}`));
          say(reported);
        },
        onError: () => {
          setTyped((later) => (later === '' ? typed : later));
          if (said !== '') setNote((later) => later ?? said);
          onSaid(home.refused(name));
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reporting.isPending) report();
  };
  return (
    // On a phone the input shrinks, not the button.
    <form ref={form} noValidate style={{ minWidth: 0 }} onSubmit={submit}>
      <Stack gap={6}>
        <Group gap={6} wrap="nowrap" align="flex-start" justify="flex-end">
          {note === null && <AddComment name={name} onAdd={() => setNote('')} />}
          <ValueInput
            kpi={kpi}
            value={typed}
            error={problem ?? (reporting.error && reasonOf(reporting.error, texts))}
            onType={(text) => {
              setTyped(text);
              setProblem(null);
              // The pending request doesn't belong to what is being typed now.
              if (reporting.isError) reporting.reset();
            }}
          />
          <Button type="submit" size="sm" variant="default" px="sm" flex="none" loading={reporting.isPending}>
            {kpis.report}
          </Button>
        </Group>
        {note !== null && (
          <TextInput
            aria-label={home.commentFor(name)}
            placeholder={kpis.note}
            size="sm"
            autoFocus
            maxLength={1000}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
        )}
      </Stack>
    </form>
  );
}

interface AddCommentProps {
  readonly name: string;
  readonly onAdd: () => void;
}

function AddComment({ name, onAdd }: AddCommentProps) {
  const { home } = useTexts();
  return (
    <Tooltip label={home.addComment}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={home.addCommentFor(name)}
        onClick={onAdd}
      >
        <IconMessagePlus size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

interface ValueInputProps {
  readonly kpi: Kpi;
  readonly value: string;
  readonly error: string | null;
  readonly onType: (text: string) => void;
}

function ValueInput({ kpi: { name, unit }, value, error, onType }: ValueInputProps) {
  const { kpis } = useTexts();
  return (
    <TextInput
      aria-label={kpis.checkInOf(name)}
      inputMode="decimal"
      autoComplete="off"
      size="sm"
      w={130}
      miw={70}
      value={value}
      error={error}
      rightSection={
        unit.length <= maxUnit ? (
          <span aria-hidden style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
            {unit}
          </span>
        ) : null
      }
      onChange={({ currentTarget }) => onType(currentTarget.value)}
    />
  );
}

/** Keeps the initial order, so that a reported KPI stays where it is. */
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

/** KPIs as rows in which this week's values are entered one after another. */
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

/** Today's expectation; nothing for a range, which applies all the time. */
function Expected({ kpi }: { readonly kpi: Kpi }) {
  const expected = expectedToday(kpi, new Date());
  return expected === null ? '–' : <Amount value={expected} unit={kpi.unit} />;
}
