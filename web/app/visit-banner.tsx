import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { OrganizationId } from '../../domain/ids.ts';
import { useAddressOrganization } from '../lib/address.ts';
import { useMember } from '../lib/me.tsx';
import { organizationSummaryQuery } from '../lib/organization.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';

/** Reminds a super admin whose organization they are in, on each of its pages. */
export function VisitBanner() {
  const member = useMember();
  const visited = useAddressOrganization();
  const { pathname } = useLocation();
  const isVisit =
    visited !== null && visited !== member.organization.id && pathname.startsWith('/organizations/');
  return isVisit && member.user.role === 'super_admin' ? <Banner organizationId={visited} /> : null;
}

function Banner({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { shell } = useTexts();
  const { data } = useQuery(organizationSummaryQuery(api, organizationId));
  if (data === undefined) return null;
  return (
    <Group className="banner" p="xs" mb="md" justify="space-between" role="note">
      <Text size="sm">{shell.visiting(data.name)}</Text>
      <Anchor
        component={Link}
        to={`/admin/organizations/${organizationId}`}
        size="sm"
        c="inherit"
        underline="always"
      >
        {shell.leaveOrganization}
      </Anchor>
    </Group>
  );
}
