import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { Page } from '../../components/page.tsx';
import { NoMatch } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { useAddressDialog } from '../../lib/address.ts';
import { useMayToSome, useOrganization } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import { ImportCheckIns } from './import-check-ins.tsx';
import { NewKpiDialog } from './kpi-dialogs.tsx';
import { useKpiFilter, useKpiFilters } from './kpi-filters.ts';
import { useKpiList } from './kpi-list.ts';

export const KpisPage = () => (
  <Page title={useTexts().kpis.kpis}>
    <KpiList organizationId={useOrganization().id} />
  </Page>
);

/** The KPIs that the reader may see, each with how it does and the way to report on it. */
export function KpiList({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { kpis } = useTexts();
  const filter = useKpiFilter();
  const [creating, { open, close }] = useAddressDialog('new-kpi');
  const list = useKpiList(organizationId, filter);
  const filters = useKpiFilters(organizationId);
  const mayCreate = useMayToSome()('create', 'Kpi');
  const [importing, imports] = useAddressDialog('import-check-ins');
  const mayReport = useMayToSome()('create', 'CheckIn');
  const actions = (
    <>
      {mayReport && (
        <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} onClick={imports.open}>
          {kpis.imports.open}
        </Button>
      )}
      {mayCreate && (
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {kpis.newKpi}
        </Button>
      )}
    </>
  );
  return (
    <>
      <ListTable
        name="kpis"
        {...list}
        search={{ label: kpis.search, description: kpis.searchHint }}
        filters={filters}
        actions={actions}
        empty={<Nothing filter={filter} mayCreate={mayCreate} />}
      />
      {creating && <NewKpiDialog organizationId={organizationId} onClose={close} />}
      {importing && mayReport && <ImportCheckIns organizationId={organizationId} onClose={imports.close} />}
    </>
  );
}

interface NothingProps {
  readonly filter: KpiFilter;
  readonly mayCreate: boolean;
}

/** In the place of the list: that there is nothing to report, nothing found, or nothing yet. */
function Nothing({ filter, mayCreate }: NothingProps) {
  const { kpis } = useTexts();
  const { due, ...rest } = filter;
  if (due === 'now' && Object.keys(rest).every((name) => name === 'assigneeId'))
    return <Empty title={kpis.allDone}>{kpis.allDoneText}</Empty>;
  if (Object.keys(filter).length > 0) return <NoMatch title={kpis.noMatch} />;
  return <Empty title={kpis.noKpis}>{mayCreate ? kpis.noKpisAdmin : kpis.noKpisMember}</Empty>;
}
