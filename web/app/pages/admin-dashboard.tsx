import { Button, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { Figures } from '../../features/organizations/figures.tsx';
import { OrganizationList } from '../../features/organizations/organization-list.tsx';

export const AdminDashboard = () => (
  <Page
    title="Dashboard"
    description="All organizations, and what needs you."
    actions={
      <Button component={Link} to="/admin/organizations/new">
        New organization
      </Button>
    }
  >
    <Figures />
    <Title order={2} size="h3">
      Organizations
    </Title>
    <OrganizationList />
  </Page>
);
