import { Page } from '../../components/page.tsx';
import { TeamList } from '../../features/teams/team-list.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

export const TeamsPage = () => (
  <Page title={useTexts().shell.links.teams}>
    <TeamList organizationId={useOrganization().id} />
  </Page>
);
