import { Page } from '../../components/page.tsx';
import { KpiList } from '../../features/kpis/kpi-list.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

export const KpisPage = () => (
  <Page title={useTexts().shell.links.kpis}>
    <KpiList organizationId={useOrganization().id} />
  </Page>
);
