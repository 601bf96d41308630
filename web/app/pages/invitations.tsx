import { Page } from '../../components/page.tsx';
import { Invitations } from '../../features/people/invitations.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

export const InvitationsPage = () => (
  <Page title={useTexts().shell.links.invitations}>
    <Invitations organizationId={useOrganization().id} />
  </Page>
);
