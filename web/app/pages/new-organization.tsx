import { useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { NewOrganizationForm } from '../../features/organizations/new-organization-form.tsx';

export function NewOrganizationPage() {
  const navigate = useNavigate();
  return (
    <Page
      title="New organization"
      description="Its first admin gets an invitation at once, and sets up the rest."
      parents={[{ title: 'Organizations', to: '/admin/organizations' }]}
    >
      <NewOrganizationForm onCreated={({ id }) => void navigate({ to: `/admin/organizations/${id}` })} />
    </Page>
  );
}
