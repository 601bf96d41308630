import { Button, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { Overview } from '../../features/analytics/overview.tsx';
import { TrendCards } from '../../features/analytics/trend-cards.tsx';
import { RecentActivity } from '../../features/audit/recent-activity.tsx';
import { OrganizationList } from '../../features/organizations/organization-list.tsx';
import { useTexts } from '../../text/language.tsx';

export function AdminDashboard() {
  const { analytics, shell } = useTexts();
  return (
    <Page
      title={analytics.dashboard}
      description={analytics.dashboardText}
      actions={
        <Button component={Link} to="/admin/organizations/new">
          {shell.links.newOrganization}
        </Button>
      }
    >
      <Overview />
      <TrendCards />
      <RecentActivity />
      <Title order={2} size="h3">
        {shell.links.organizations}
      </Title>
      <OrganizationList />
    </Page>
  );
}
