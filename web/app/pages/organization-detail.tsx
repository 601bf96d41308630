import { useQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { StandingBadge } from '../../components/badges.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Profile } from '../../features/organizations/profile.tsx';
import { organizationQuery } from '../../features/organizations/queries.ts';
import { StandingActions } from '../../features/organizations/standing-actions.tsx';
import { useAddressOrganization } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { standingOf } from '../../lib/standing.ts';
import { NotFound } from './forbidden.tsx';
import { OrganizationTabs } from './organization-tabs.tsx';

/** One organization, as the super admin sees it. */
export function OrganizationDetail() {
  const organizationId = useAddressOrganization();
  return organizationId === null ? <NotFound /> : <Detail organizationId={organizationId} />;
}

function Detail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const query = useQuery(organizationQuery(api, organizationId));
  return (
    <QueryView query={query}>
      {(organization) => (
        <Page
          title={organization.name}
          mark={<StandingBadge standing={standingOf(organization, new Date())} />}
          parents={[{ title: 'Organizations', to: '/admin/organizations' }]}
          actions={<StandingActions organization={organization} />}
        >
          <OrganizationTabs organizationId={organizationId} overview={<Profile {...organization} />} />
        </Page>
      )}
    </QueryView>
  );
}
