import { Page } from '../../components/page.tsx';
import { Usage } from '../../features/usage/usage.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

export const OrganizationAnalytics = () => (
  <Page title={useTexts().shell.links.analytics}>
    <Usage organizationId={useOrganization().id} />
  </Page>
);
