import { Page } from '../../components/page.tsx';
import { Users } from '../../features/people/users.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

export const UsersPage = () => (
  <Page title={useTexts().shell.links.users}>
    <Users organizationId={useOrganization().id} />
  </Page>
);
