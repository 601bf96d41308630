import { Page } from '../../components/page.tsx';
import { AuditTrail } from '../../features/audit/audit-trail.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

export const OrganizationAudit = () => (
  <Page title={useTexts().shell.links.audit}>
    <AuditTrail organizationId={useOrganization().id} />
  </Page>
);
