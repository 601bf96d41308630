import { useNavigate } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { NewOrganizationForm } from '../../features/organizations/new-organization-form.tsx';
import { useTexts } from '../../text/language.tsx';

export function NewOrganizationPage() {
  const navigate = useNavigate();
  const { organizations } = useTexts();
  return (
    <Page
      title={organizations.newOrganization}
      description={organizations.newText}
      parents={[{ title: organizations.organizations, to: '/admin/organizations' }]}
    >
      <NewOrganizationForm onCreated={({ id }) => void navigate({ to: `/admin/organizations/${id}` })} />
    </Page>
  );
}
