import { Button, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PLATFORM } from '../../../domain/ids.ts';
import { Page } from '../../components/page.tsx';
import { usePanels } from '../../components/panels.tsx';
import { useTexts } from '../../text/language.tsx';
import { OrganizationList } from './list/organizations-page.tsx';

export function DashboardPage() {
  const { organizations } = useTexts();
  const panels = usePanels('dashboard', PLATFORM);
  return (
    <Page
      title={organizations.dashboard}
      description={organizations.dashboardText}
      actions={
        <Button component={Link} to="/admin/organizations/new">
          {organizations.newOrganization}
        </Button>
      }
    >
      {panels.map(({ name, component: Panel }) => (
        <Panel key={name} />
      ))}
      <Title order={2} size="h3">
        {organizations.organizations}
      </Title>
      <OrganizationList />
    </Page>
  );
}
