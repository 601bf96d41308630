import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { KpiId, type OrganizationId } from '../../../domain/ids.ts';
import { instanceOfKpi } from '../../../domain/kpi/kpi.schema.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { CheckInButton } from '../../features/kpis/check-in-button.tsx';
import { DeleteKpi } from '../../features/kpis/delete-kpi.tsx';
import { EditKpiDialog } from '../../features/kpis/kpi-dialogs.tsx';
import { KpiView } from '../../features/kpis/kpi-view.tsx';
import { kpiQuery } from '../../features/kpis/queries.ts';
import { useMay } from '../../lib/access.ts';
import { useOrganization } from '../../lib/organization.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { NotFound } from './forbidden.tsx';

/** One KPI: how it does, and what was reported. */
export function KpiPage() {
  const { id } = useOrganization();
  const { kpiId } = useParams({ strict: false });
  const parsed = KpiId.safeParse(kpiId);
  return parsed.success ? <OneKpi organizationId={id} kpiId={parsed.data} /> : <NotFound />;
}

interface Props {
  readonly organizationId: OrganizationId;
  readonly kpiId: KpiId;
}

function OneKpi({ organizationId, kpiId }: Props) {
  const { api } = useSession();
  const { kpis, shell } = useTexts();
  const may = useMay(organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const query = useQuery(kpiQuery(api, organizationId, kpiId));
  return (
    <QueryView query={query}>
      {(kpi) => {
        const instance = instanceOfKpi(kpi);
        return (
          <Page
            title={kpi.name}
            parents={[{ title: shell.links.kpis, to: `/organizations/${organizationId}/kpis` }]}
            actions={
              <>
                {may('create', 'CheckIn', instance) && <CheckInButton kpi={kpi} />}
                {may('update', 'Kpi', instance) && (
                  <Button variant="default" onClick={edit.open}>
                    {kpis.edit}
                  </Button>
                )}
                {may('delete', 'Kpi', instance) && (
                  <Button variant="default" color="red" onClick={askToDelete.open}>
                    {kpis.delete}
                  </Button>
                )}
              </>
            }
          >
            <KpiView kpi={kpi} />
            {editing && <EditKpiDialog kpi={kpi} onClose={edit.close} />}
            {deleting && <DeleteKpi kpi={kpi} onClose={askToDelete.close} />}
          </Page>
        );
      }}
    </QueryView>
  );
}
