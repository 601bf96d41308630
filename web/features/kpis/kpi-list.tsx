import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import { nextDue } from '../../../domain/kpi/due.schema.ts';
import { instanceOfKpi, type Kpi, type KpiFilter, kpiOrders } from '../../../domain/kpi/kpi.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { Sparkline } from '../../components/charts/sparkline.tsx';
import { CheckInPopover } from '../../components/check-in/check-in-popover.tsx';
import { KpiOwnerName, KpiProgress, KpiStatusBadge, NextDue, ValueOfTarget } from '../../components/kpi.tsx';
import { Day } from '../../components/labels.tsx';
import { NewButton } from '../../components/page.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useServerOrder } from '../../components/table/order.ts';
import { usePageSize } from '../../components/table/page-size.ts';
import { useAddressDialog } from '../../lib/address.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import { ConfidenceBadge } from './kpi-confidence.tsx';
import { NewKpiDialog } from './kpi-dialogs.tsx';
import { kpisQuery } from './queries.ts';

const confidenceColumn = (
  { confidence: { name }, statuses }: Texts['kpis'],
  hidden: boolean,
): Column<Kpi> => ({
  id: 'confidence',
  title: name,
  width: 135,
  hidden,
  cell: (kpi) => <ConfidenceBadge kpi={kpi} />,
  text: ({ confidence }) => (confidence === undefined ? '' : statuses[confidence.level]),
  phone: 'hidden',
});

const actionsColumn = (title: string): Column<Kpi> => ({
  id: 'actions',
  title,
  width: 160,
  actions: true,
  cell: (kpi) => <QuickCheckIn kpi={kpi} />,
});

/**
 * The columns of the KPI list: sparkline, status, owner, next due date, and a check-in where allowed.
 * Confidence is shown once any KPI of the list has one.
 */
function useKpiColumns(isAssessed: boolean): readonly Column<Kpi>[] {
  const { kpis, common } = useTexts();
  const { number, percent, date } = useFormats();
  return useMemo(() => {
    const amounts = ({ latest, target, unit }: Kpi) => {
      const goal =
        typeof target === 'number' ? number(target) : `${number(target.low)}–${number(target.high)}`;
      return `${latest === null ? '–' : number(latest.value)} / ${goal} ${unit}`;
    };
    return [
      {
        id: 'name',
        title: kpis.name,
        width: '1.8fr',
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: 'name',
      },
      { id: 'trend', title: kpis.trend, width: 115, cell: (kpi) => <Recent kpi={kpi} />, phone: 'hidden' },
      {
        id: 'status',
        title: kpis.status,
        width: 135,
        cell: ({ status }) => <KpiStatusBadge status={status} />,
        text: ({ status }) => kpis.statuses[status],
        sort: 'status',
        phone: 'fact',
      },
      confidenceColumn(kpis, !isAssessed),
      {
        id: 'value',
        title: kpis.valueOfTarget,
        width: 160,
        cell: (kpi) => <ValueOfTarget kpi={kpi} />,
        text: amounts,
        phone: 'fact',
      },
      {
        id: 'progress',
        title: kpis.progress,
        width: 120,
        cell: ({ progress, status }) => <KpiProgress progress={progress} status={status} />,
        text: ({ progress }) => (progress === null ? '' : percent(progress)),
        sort: 'progress',
        hidden: true,
        phone: 'hidden',
      },
      {
        id: 'owner',
        title: kpis.owner,
        width: '1.4fr',
        cell: (kpi) => <KpiOwnerName kpi={kpi} />,
        text: ({ ownerName = '' }) => ownerName,
        phone: 'hidden',
      },
      {
        id: 'due',
        title: kpis.due,
        width: 120,
        cell: (kpi) => <NextDue kpi={kpi} />,
        text: (kpi) =>
          nextDue(kpi, new Date())?.slice(0, 10) ?? (kpi.formula === undefined ? kpis.ended : kpis.computed),
        sort: 'due',
        phone: 'hidden',
      },
      {
        id: 'end',
        title: kpis.end,
        width: 130,
        cell: ({ period }) => <Day at={period.end} />,
        text: ({ period }) => date(period.end),
        hidden: true,
        phone: 'hidden',
      },
      actionsColumn(common.actions),
    ];
  }, [kpis, common, isAssessed, number, percent, date]);
}

function Recent({ kpi: { recent = [], target } }: { readonly kpi: Kpi }) {
  if (recent.length < 2) return null;
  return (
    <Sparkline
      values={recent.map(({ value }) => value)}
      at={recent.map(({ at }) => Date.parse(at))}
      {...(typeof target === 'number' ? { goal: target } : {})}
    />
  );
}

function QuickCheckIn({ kpi }: { readonly kpi: Kpi }) {
  const may = useMay(kpi.organizationId);
  const isReported = kpi.formula === undefined;
  return isReported && may('create', 'CheckIn', instanceOfKpi(kpi)) ? <CheckInPopover kpi={kpi} /> : null;
}

const keyOf = ({ id }: Kpi) => id;
const hrefOf = ({ organizationId, id }: Kpi) => `/organizations/${organizationId}/kpis/${id}`;

/** The table props that all lists of KPIs share: rows, columns, order and page size. */
export function useKpiList(organizationId: OrganizationId, filter: KpiFilter) {
  const { api } = useSession();
  const order = useServerOrder(kpiOrders);
  const pageSize = usePageSize();
  const query = useInfiniteQuery(
    kpisQuery(api, organizationId, { ...filter, ...order, limit: pageSize.rows }),
  );
  const isAssessed =
    query.data?.pages.some(({ items }) => items.some(({ confidence }) => confidence !== undefined)) ?? false;
  return { label: useTexts().kpis.kpis, columns: useKpiColumns(isAssessed), query, keyOf, hrefOf, pageSize };
}

/** A team's KPIs, as in the main list. */
export function TeamKpis({ team: { id: teamId, organizationId } }: { readonly team: Team }) {
  const { kpis } = useTexts();
  const list = useKpiList(organizationId, { teamId });
  const [creating, { open, close }] = useAddressDialog('new-kpi');
  const mayCreate = useMay(organizationId)('create', 'Kpi', { teamId });
  const create = mayCreate && <NewButton title={kpis.newKpi} onClick={open} />;
  return (
    <>
      <ListTable
        name="team-kpis"
        {...list}
        actions={create}
        empty={
          <Empty title={kpis.noKpis} action={create}>
            {mayCreate ? kpis.noKpisAdmin : undefined}
          </Empty>
        }
      />
      {creating && mayCreate && (
        <NewKpiDialog organizationId={organizationId} teamId={teamId} onClose={close} />
      )}
    </>
  );
}
