import { Page } from '../../components/page.tsx';
import { AuditFeed } from '../../features/audit/audit-trail.tsx';
import { useTexts } from '../../text/language.tsx';

export const AdminAudit = () => (
  <Page title={useTexts().audit.title}>
    <AuditFeed />
  </Page>
);
