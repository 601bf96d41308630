import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { OrganizationList } from '../../features/organizations/organization-list.tsx';
import { useTexts } from '../../text/language.tsx';

export function Organizations() {
  const { organizations } = useTexts();
  return (
    <Page
      title={organizations.organizations}
      actions={
        <Button component={Link} to="/admin/organizations/new">
          {organizations.newOrganization}
        </Button>
      }
    >
      <OrganizationList />
    </Page>
  );
}
