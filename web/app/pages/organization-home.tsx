import { Paper, Stack, Text } from '@mantine/core';
import { Page } from '../../components/page.tsx';
import { Person } from '../../components/person.tsx';
import { useAddressOrganization } from '../../lib/address.ts';
import { useMember } from '../../lib/me.tsx';
import { roleWords } from '../../lib/words.ts';
import { NotFound } from './forbidden.tsx';
import { OrganizationTabs } from './organization-tabs.tsx';

const may: Readonly<Record<string, string>> = {
  super_admin: 'You see this organization as the platform’s super admin.',
  org_admin:
    'You invite people, give them their roles, and see what was done and how the organization is used.',
  team_leader: 'You lead a team here. Your admin sees to users and invitations.',
  team_member: 'You are a member here. Your admin sees to users and invitations.',
};

/** An organization’s own home. */
export function OrganizationHome() {
  const { user, organization } = useMember();
  const asked = useAddressOrganization();
  const overview = (
    <Paper withBorder radius="md" p="lg">
      <Stack gap="md">
        <Person name={user.name} email={user.email} />
        <Text>
          <strong>{roleWords[user.role]}</strong>. {may[user.role]}
        </Text>
      </Stack>
    </Paper>
  );
  // Another organization's address answers like one that never existed.
  if (asked !== organization.id) return <NotFound />;
  return (
    <Page title={organization.name} description={`Welcome, ${user.name}.`}>
      <OrganizationTabs organizationId={organization.id} overview={overview} />
    </Page>
  );
}
