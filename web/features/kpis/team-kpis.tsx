import type { Team } from '../../../domain/team/team.schema.ts';
import { NewButton } from '../../components/page.tsx';
import { Empty } from '../../components/states.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { useAddressDialog } from '../../lib/address.ts';
import { useMay } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import { NewKpiDialog } from './kpi-dialogs.tsx';
import { useKpiList } from './kpi-list.tsx';

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
