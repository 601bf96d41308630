import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { OrganizationList } from '../../features/organizations/organization-list.tsx';

export const Organizations = () => (
  <Page
    title="Organizations"
    actions={
      <Button component={Link} to="/admin/organizations/new">
        New organization
      </Button>
    }
  >
    <OrganizationList />
  </Page>
);
