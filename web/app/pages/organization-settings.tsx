import { Page } from '../../components/page.tsx';
import { OwnSettings } from '../../features/organizations/own-settings.tsx';
import { useMay } from '../../lib/access.ts';
import { useOrganization } from '../../lib/organization.tsx';
import { useTexts } from '../../text/language.tsx';
import { Forbidden } from './forbidden.tsx';

/** An organization's own settings, for its admins. */
export function OrganizationSettings() {
  const { id } = useOrganization();
  const { shell, organizations } = useTexts();
  if (!useMay(id)('update', 'Organization')) return <Forbidden who={organizations.admins} />;
  return (
    <Page title={shell.links.settings} description={organizations.settingsText}>
      <OwnSettings organizationId={id} />
    </Page>
  );
}
