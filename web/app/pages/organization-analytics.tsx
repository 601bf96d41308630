import { Page } from '../../components/page.tsx';
import { OrganizationFigures } from '../../features/analytics/organization-figures.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

export const OrganizationAnalytics = () => (
  <Page title={useTexts().shell.links.analytics}>
    <OrganizationFigures organizationId={useOrganization().id} />
  </Page>
);
