import { Group, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { Amount, MemberName } from '../../components/kpi.tsx';
import { Day, Time } from '../../components/labels.tsx';
import { PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { CorrectCheckIn } from './check-in-dialogs.tsx';
import { KpiChart } from './kpi-chart.tsx';
import { checkInsQuery } from './queries.ts';

/** A check-in with its difference from the previous one; null if unknown. */
interface Row extends CheckIn {
  readonly change: number | null;
}

/** A KPI's values over time compared with the expectation, and the list of check-ins with their authors. */
export function KpiCheckIns({ kpi }: { readonly kpi: Kpi }) {
  const { api } = useSession();
  const query = useInfiniteQuery(checkInsQuery(api, kpi.organizationId, kpi.id));
  const { kpis } = useTexts();
  return (
    <PagedList query={query} empty={<Empty title={kpis.noCheckIns}>{kpis.noCheckInsText}</Empty>}>
      {(items) => (
        <Stack gap="md">
          <KpiChart kpi={kpi} items={items.toReversed()} />
          <CheckIns kpi={kpi} items={items} />
        </Stack>
      )}
    </PagedList>
  );
}

interface ItemsProps {
  readonly kpi: Kpi;
  /** Newest first. */
  readonly items: readonly CheckIn[];
}

// Hides floating-point residue of a subtraction.
const exactDigits = 12;
const difference = (value: number, before: number) => Number((value - before).toPrecision(exactDigits));

const withChanges = (items: readonly CheckIn[]): readonly Row[] =>
  items.map((item, index) => {
    const before = items[index + 1];
    return { ...item, change: before === undefined ? null : difference(item.value, before.value) };
  });

const keyOf = ({ id }: Row) => id;

function CheckIns({ kpi, items }: ItemsProps) {
  const { kpis } = useTexts();
  const rows = useMemo(() => withChanges(items), [items]);
  return <DataTable label={kpis.checkIns} columns={useCheckInColumns(kpi)} items={rows} keyOf={keyOf} />;
}

function useCheckInColumns(kpi: Kpi): readonly Column<Row>[] {
  const { kpis, common } = useTexts();
  const { organizationId, unit } = kpi;
  const mayCorrect = useMay(organizationId)('update', 'CheckIn', instanceOfKpi(kpi));
  return useMemo(() => {
    const columns: readonly Column<Row>[] = [
      {
        id: 'at',
        title: kpis.at,
        width: 220,
        sort: ({ at }) => at,
        cell: ({ at }) => <When at={at} />,
      },
      {
        id: 'value',
        title: kpis.value,
        width: 170,
        numeric: true,
        sort: ({ value }) => value,
        cell: (row) => <Value row={row} unit={unit} />,
      },
      {
        id: 'change',
        title: kpis.change,
        width: 120,
        numeric: true,
        sort: ({ change }) => change,
        cell: ({ change }) => <Change change={change} />,
        phone: 'hidden',
      },
      {
        id: 'by',
        title: kpis.by,
        sort: ({ byName }) => byName,
        cell: ({ by, byName }) => <MemberName organizationId={organizationId} userId={by} name={byName} />,
        phone: 'fact',
      },
      {
        id: 'note',
        title: kpis.note,
        width: '2fr',
        cell: ({ note }) => note ?? '',
        grows: true,
        phone: 'fact',
      },
    ];
    const actions: Column<Row> = {
      id: 'actions',
      title: common.actions,
      width: 120,
      actions: true,
      cell: (row) => <CorrectCheckIn kpi={kpi} checkIn={row} />,
    };
    return mayCorrect ? [...columns, actions] : columns;
  }, [kpis, common, organizationId, unit, mayCorrect, kpi]);
}

/** When a value was measured; imported values may only have a date. */
function When({ at }: Pick<Row, 'at'>) {
  const formats = useFormats();
  const [day = at, time] = at.split('T');
  if (time === '00:00:00.000Z') return <Day at={day} />;
  return (
    <span>
      <Day at={at} />{' '}
      <Text span size="xs" c="dimmed">
        {formats.time(at)}
      </Text>
    </span>
  );
}

function Change({ change }: Pick<Row, 'change'>) {
  const { number } = useFormats();
  if (change === null) return '–';
  if (change === 0) return '±0';
  return <span className="figures">{change > 0 ? `+${number(change)}` : `−${number(-change)}`}</span>;
}

/** A value, and its previous value if it was corrected. */
function Value({ row, unit }: { readonly row: Row; readonly unit: string }) {
  const { kpis } = useTexts();
  const { value, revision, corrections = [] } = row;
  if (revision === 1) return <Amount value={value} unit={unit} />;
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      <Popover position="bottom-end" withArrow width={280} hideDetached={false}>
        <Popover.Target>
          <UnstyledButton fz="xs" c="dimmed" td="underline" disabled={corrections.length === 0}>
            {kpis.corrected}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label={kpis.corrections}>
          <Stack gap="xs" ta="left">
            {corrections.map((one) => (
              <Text key={`${one.at} ${one.value}`} size="sm" component="div">
                <Amount value={one.value} unit={unit} />
                {one.note !== undefined && ` · ${one.note}`}
                <Text size="xs" c="dimmed">
                  {kpis.correctedBy(one.byName ?? kpis.formerMember)} <Time at={one.at} />
                </Text>
              </Text>
            ))}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Amount value={value} unit={unit} />
    </Group>
  );
}
