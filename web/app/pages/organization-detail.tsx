import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import { StandingBadge } from '../../components/badges.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { organizationQuery } from '../../features/organizations/queries.ts';
import { Reactivate } from '../../features/organizations/standing-actions.tsx';
import { useAddressOrganization } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { standingOf } from '../../lib/standing.ts';
import { useTexts } from '../../text/language.tsx';
import { NotFound } from './forbidden.tsx';
import { OrganizationTabs } from './organization-tabs.tsx';

/** One organization, as the super admin sees it. */
export function OrganizationDetail() {
  const organizationId = useAddressOrganization();
  return organizationId === null ? <NotFound /> : <Detail organizationId={organizationId} />;
}

function Detail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const query = useQuery(organizationQuery(api, organizationId));
  return (
    <QueryView query={query}>
      {(organization) => (
        <Page
          title={organization.name}
          mark={<StandingBadge standing={standingOf(organization, new Date())} />}
          parents={[{ title: organizations.organizations, to: '/admin/organizations' }]}
          actions={
            <Button variant="default" component={Link} to={`/organizations/${organizationId}`}>
              {organizations.openPages}
            </Button>
          }
        >
          {organization.status === 'inactive' && (
            <Alert color="gray" variant="light" title={organizations.suspended(organization.name)}>
              <Reactivate organization={organization} />
            </Alert>
          )}
          <OrganizationTabs organization={organization} />
        </Page>
      )}
    </QueryView>
  );
}
