import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { QueryView } from '../components/query-view.tsx';
import { may } from '../lib/access.ts';
import { useAddressOrganization } from '../lib/address.ts';
import { useMember } from '../lib/me.tsx';
import { OrganizationProvider, organizationSummaryQuery } from '../lib/organization.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { otherAudience } from './links.ts';
import { Forbidden, NotFound } from './pages/forbidden.tsx';

/**
 * The pages of one organization: one's own; for a super admin any. Another's address is like one that never
 * existed. A page that is for others isn't loaded, so that nothing is asked of the server that it would
 * refuse.
 */
export function OrganizationLayout() {
  const member = useMember();
  const asked = useAddressOrganization();
  const { pathname } = useLocation();
  const { audiences } = useTexts().errors;
  if (asked === null) return <NotFound />;
  const audience = asked === member.organization.id ? otherAudience(member, asked, pathname) : undefined;
  if (audience !== undefined) return <Forbidden who={audiences[audience]} />;
  if (asked === member.organization.id)
    return (
      <OrganizationProvider organization={member.organization}>
        <Outlet />
      </OrganizationProvider>
    );
  return may(member, 'list', 'Organization', PLATFORM) ? <Visited organizationId={asked} /> : <NotFound />;
}

function Visited({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const query = useQuery(organizationSummaryQuery(api, organizationId));
  return (
    <QueryView query={query}>
      {(organization) => (
        <OrganizationProvider organization={organization}>
          <Outlet />
        </OrganizationProvider>
      )}
    </QueryView>
  );
}
