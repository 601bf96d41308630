import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { Link } from '@tanstack/react-router';
import { PLATFORM } from '../../../domain/ids.ts';
import { Page } from '../../components/page.tsx';
import { PanelGrid } from '../../components/panel-grid.tsx';
import { usePanels } from '../../components/panels.tsx';
import { useTexts } from '../../text/language.tsx';

/** The super admin's daily questions: who needs attention, what has changed, is the platform growing. */
export function DashboardPage() {
  const { organizations } = useTexts();
  const panels = usePanels('dashboard', PLATFORM);
  return (
    <Page
      title={organizations.dashboard}
      actions={
        <Button
          component={Link}
          to="/admin/organizations/new"
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {organizations.newOrganization}
        </Button>
      }
    >
      <PanelGrid panels={panels} shows={{}} />
    </Page>
  );
}
