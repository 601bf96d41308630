import { SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { teamsLed } from '../../../domain/access/member.ts';
import { TeamId } from '../../../domain/ids.ts';
import { RoleBadge } from '../../components/badges.tsx';
import { Page } from '../../components/page.tsx';
import { OrganizationGlance } from '../../features/analytics/organization-figures.tsx';
import { OrganizationActivity } from '../../features/audit/organization-activity.tsx';
import { SetupGuide } from '../../features/onboarding/setup-guide.tsx';
import { TeamsAtAGlance } from '../../features/teams/teams-at-a-glance.tsx';
import { Dashboard, OwnCheckIns } from '../../features/work/dashboard.tsx';
import { TeamHome } from '../../features/work/team-home.tsx';
import { useMay } from '../../lib/access.ts';
import { useMember } from '../../lib/me.tsx';
import { useOrganization } from '../../lib/organization.tsx';

/** Where everybody's work in an organization begins: by what they may see, which the role decides. */
export function OrganizationHome() {
  const { user } = useMember();
  const { id, name } = useOrganization();
  return (
    <Page title={name} mark={user.organizationId === id && <RoleBadge role={user.role} />}>
      <HomeOfRole />
    </Page>
  );
}

function HomeOfRole(): ReactNode {
  const { user } = useMember();
  const { id } = useOrganization();
  const may = useMay(id);
  const { userId } = user;
  if (may('read', 'Onboarding')) return <AdminHome />;
  const led = teamsLed(user);
  return led.length === 0 ? (
    <Dashboard organizationId={id} userId={userId} />
  ) : (
    <Stack gap="lg">
      {led.map((team) => (
        <TeamHome key={team} organizationId={id} teamId={TeamId.parse(team)} />
      ))}
      <OwnCheckIns organizationId={id} userId={userId} except={led} />
    </Stack>
  );
}

function AdminHome() {
  const { user } = useMember();
  const { id } = useOrganization();
  return (
    <Stack gap="lg">
      <SetupGuide organizationId={id} />
      <OrganizationGlance organizationId={id} />
      {user.organizationId === id && <OwnCheckIns organizationId={id} userId={user.userId} />}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <TeamsAtAGlance organizationId={id} />
        <OrganizationActivity organizationId={id} />
      </SimpleGrid>
    </Stack>
  );
}
