import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import { Forbidden, NotFound } from '../components/no-page.tsx';
import { QueryView } from '../components/query-view.tsx';
import { useAddressOrganization } from '../lib/address.ts';
import { may, OrganizationProvider, organizationSummaryQuery, useMember } from '../lib/member.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { otherAudience } from './navigation.ts';

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

/** Decided before a page is loaded: nothing is asked of the server that it would refuse. */
export function SuperAdminsOnly() {
  const { errors } = useTexts();
  return may(useMember(), 'list', 'Organization', PLATFORM) ? (
    <Outlet />
  ) : (
    <Forbidden who={errors.superAdmins} />
  );
}

/** Leads on to the page that is each person's own. */
export const Start = () => <Navigate to={useMember().landingPath} replace />;
