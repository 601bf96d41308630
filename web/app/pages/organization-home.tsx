import { Paper, Stack } from '@mantine/core';
import { RoleBadge } from '../../components/badges.tsx';
import { Page } from '../../components/page.tsx';
import { Person } from '../../components/person.tsx';
import { useMember } from '../../lib/me.tsx';
import { useOrganization } from '../../lib/organization.tsx';

/** An organization’s own home. */
export function OrganizationHome() {
  const { user } = useMember();
  const { name } = useOrganization();
  return (
    <Page title={name}>
      <Paper withBorder radius="md" p="lg">
        <Stack gap="md" align="flex-start">
          <Person name={user.name} email={user.email} />
          <RoleBadge role={user.role} />
        </Stack>
      </Paper>
    </Page>
  );
}
