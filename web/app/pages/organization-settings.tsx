import { Page } from '../../components/page.tsx';
import { OwnSettings } from '../../features/organizations/own-settings.tsx';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';

/** An organization's own settings, for its admins. */
export function OrganizationSettings() {
  const { id } = useOrganization();
  const { shell, organizations } = useTexts();
  return (
    <Page title={shell.links.settings} description={organizations.settingsText}>
      <OwnSettings organizationId={id} />
    </Page>
  );
}
