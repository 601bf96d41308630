import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Action, Subject } from '../../../domain/access/permission.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { AuditTrail } from '../../features/audit/audit-trail.tsx';
import { Invitations } from '../../features/people/invitations.tsx';
import { Users } from '../../features/people/users.tsx';
import { Usage } from '../../features/usage/usage.tsx';
import { useMay } from '../../lib/access.ts';
import { useAddressParameter } from '../../lib/address.ts';

interface Part {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly [Action, Subject];
  readonly content: (organizationId: OrganizationId) => ReactNode;
}

const parts: readonly Part[] = [
  { name: 'users', title: 'Users', needs: ['list', 'User'], content: (id) => <Users organizationId={id} /> },
  {
    name: 'invitations',
    title: 'Invitations',
    needs: ['list', 'Invitation'],
    content: (id) => <Invitations organizationId={id} />,
  },
  {
    name: 'usage',
    title: 'Usage',
    needs: ['list', 'UsageSnapshot'],
    content: (id) => <Usage organizationId={id} />,
  },
  {
    name: 'audit',
    title: 'Audit',
    needs: ['list', 'AuditEntry'],
    content: (id) => <AuditTrail organizationId={id} />,
  },
];

interface Props {
  readonly organizationId: OrganizationId;
  readonly overview: ReactNode;
}

/** The parts of an organization that the reader may see. */
export function OrganizationTabs({ organizationId, overview }: Props) {
  const [tab, onTab] = useAddressParameter('tab');
  const may = useMay(organizationId);
  const visible = parts.filter(({ needs }) => may(...needs));
  if (visible.length === 0) return overview;
  const current = visible.some(({ name }) => name === tab) ? tab : 'overview';
  return (
    <Tabs value={current} onChange={(next) => onTab(next ?? 'overview')} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="overview">Overview</Tabs.Tab>
        {visible.map(({ name, title }) => (
          <Tabs.Tab key={name} value={name}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">{overview}</Tabs.Panel>
      {visible.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name}>
          {content(organizationId)}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
