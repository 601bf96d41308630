import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Kpi, kpiOrders } from '../../../domain/kpi/kpi.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { Empty } from '../../components/states.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { useServerOrder } from '../../components/table/order.ts';
import { usePageSize } from '../../components/table/page-size.ts';
import { useAddressDialog } from '../../lib/address.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useKpiColumns } from './kpi-columns.tsx';
import { NewKpiDialog } from './kpi-dialogs.tsx';
import { kpisQuery } from './queries.ts';

const keyOf = ({ id }: Kpi) => id;
const hrefOf = ({ organizationId, id }: Kpi) => `/organizations/${organizationId}/kpis/${id}`;

/** A team's KPIs, as the list of all shows them. */
export function TeamKpis({ team: { id: teamId, organizationId } }: { readonly team: Team }) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const order = useServerOrder(kpiOrders);
  const pageSize = usePageSize();
  const query = useInfiniteQuery(kpisQuery(api, organizationId, { teamId, ...order, limit: pageSize.rows }));
  const columns = useKpiColumns();
  const [creating, { open, close }] = useAddressDialog('new-kpi');
  const mayCreate = useMay(organizationId)('create', 'Kpi', { teamId });
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {kpis.newKpi}
    </Button>
  );
  return (
    <>
      <ListTable
        name="team-kpis"
        label={kpis.kpis}
        columns={columns}
        query={query}
        keyOf={keyOf}
        hrefOf={hrefOf}
        pageSize={pageSize}
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
