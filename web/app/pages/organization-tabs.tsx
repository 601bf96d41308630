import { Stack, Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrganizationWithCounts } from '../../../domain/organization/organization.schema.ts';
import { OrganizationFigures } from '../../features/analytics/organization-figures.tsx';
import { AuditTrail } from '../../features/audit/audit-trail.tsx';
import { KpiList } from '../../features/kpis/kpi-list.tsx';
import { Facts } from '../../features/organizations/facts.tsx';
import { PlatformSettings } from '../../features/organizations/platform-settings.tsx';
import { SubscriptionPart } from '../../features/organizations/subscription.tsx';
import { Invitations } from '../../features/people/invitations.tsx';
import { Users } from '../../features/people/users.tsx';
import { TeamList } from '../../features/teams/team-list.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import type { Texts } from '../../text/english.ts';
import { useTexts } from '../../text/language.tsx';

interface Part {
  readonly name: keyof Texts['organizations']['tabs'];
  readonly content: (organization: OrganizationWithCounts) => ReactNode;
}

const parts: readonly Part[] = [
  { name: 'overview', content: (organization) => <Facts organization={organization} /> },
  { name: 'users', content: ({ id }) => <Users organizationId={id} /> },
  { name: 'invitations', content: ({ id }) => <Invitations organizationId={id} /> },
  { name: 'teams', content: ({ id }) => <TeamList organizationId={id} /> },
  { name: 'kpis', content: ({ id }) => <KpiList organizationId={id} /> },
  { name: 'usage', content: ({ id }) => <OrganizationFigures organizationId={id} /> },
  { name: 'audit', content: ({ id }) => <AuditTrail organizationId={id} /> },
  { name: 'subscription', content: (organization) => <SubscriptionPart organization={organization} /> },
  { name: 'settings', content: (organization) => <PlatformSettings organization={organization} /> },
];

/** The parts of an organization; which one is open stands in the address. */
export function OrganizationTabs({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { tabs } = useTexts().organizations;
  const [tab] = useAddressParameter('tab');
  const navigate = useNavigate();
  const current = parts.find(({ name }) => name === tab)?.name ?? 'overview';
  // The filters of one part mean nothing in another.
  const open = (next: string | null) =>
    void navigate({ to: '.', search: next === null || next === 'overview' ? {} : { tab: next } });
  return (
    <Tabs value={current} onChange={open} keepMounted={false}>
      <Tabs.List mb="md">
        {parts.map(({ name }) => (
          <Tabs.Tab key={name} value={name}>
            {tabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name}>
          <Stack gap="md">{content(organization)}</Stack>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
