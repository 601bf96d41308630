import { PLATFORM } from '../../../domain/ids.ts';
import { NewLink, Page } from '../../components/page.tsx';
import { PanelGrid, usePanels } from '../../components/panels.tsx';
import { useTexts } from '../../text/language.tsx';

/** The super admin's daily questions: who needs attention, what has changed, is the platform growing. */
export function DashboardPage() {
  const { organizations } = useTexts();
  const panels = usePanels('dashboard', PLATFORM);
  return (
    <Page
      title={organizations.dashboard}
      actions={<NewLink title={organizations.newOrganization} to="/admin/organizations/new" />}
    >
      <PanelGrid panels={panels} shows={{}} />
    </Page>
  );
}
