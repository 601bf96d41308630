import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { type OrganizationId, PLATFORM } from '../../domain/ids.ts';
import type { OrganizationSummary } from '../../domain/organization/organization.schema.ts';
import type { CurrentSupportAccess } from '../../domain/support-access/support-access.schema.ts';
import { Forbidden, NotFound } from '../components/no-page.tsx';
import { QueryView } from '../components/query-view.tsx';
import { Loading } from '../components/states.tsx';
import { useAddressOrganization } from '../lib/address.ts';
import {
  MemberProvider,
  may,
  OrganizationProvider,
  organizationSummaryQuery,
  useMember,
} from '../lib/member.tsx';
import { useSession } from '../lib/session.tsx';
import { currentSupportQuery } from '../lib/visit.tsx';
import { useTexts } from '../text/language.tsx';
import { otherAudience } from './navigation.ts';

const SupportGate = lazy(() =>
  import('../features/support-access/gate.tsx').then((module) => ({ default: module.SupportGate })),
);

/**
 * The pages of one organization: the user's own, or any for a super admin. The address of another
 * organization looks like one that never existed. A page that the user may not see isn't loaded, so it
 * sends no request that the server would refuse.
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
  const current = useQuery(currentSupportQuery(api, organizationId));
  return (
    <QueryView query={query}>
      {(organization) => (
        <OrganizationProvider organization={organization}>
          <QueryView query={current}>
            {(support) => <Entered organization={organization} support={support} />}
          </QueryView>
        </OrganizationProvider>
      )}
    </QueryView>
  );
}

interface EnteredProps {
  readonly organization: OrganizationSummary;
  readonly support: CurrentSupportAccess;
}

/** The organization's pages, within the super admin's support access and seen through its view. */
function Entered({ organization, support }: EnteredProps) {
  const member = useMember();
  const { stage, supportAccess, viewing } = support;
  const seen = useMemo(
    () => (viewing === undefined ? member : { ...member, user: viewing }),
    [member, viewing],
  );
  if (stage !== 'open' && supportAccess?.state !== 'open')
    return (
      <Suspense fallback={<Loading />}>
        <SupportGate organization={organization} current={support} />
      </Suspense>
    );
  return (
    // Remounted when the view or mode changes, so that no data of the previous one is requested again.
    <MemberProvider member={seen} key={`${viewing?.userId} ${supportAccess?.mode}`}>
      <Outlet />
    </MemberProvider>
  );
}

/** Checked before a page is loaded, so that it sends no request that the server would refuse. */
export function SuperAdminsOnly() {
  const { errors } = useTexts();
  return may(useMember(), 'list', 'Organization', PLATFORM) ? (
    <Outlet />
  ) : (
    <Forbidden who={errors.superAdmins} />
  );
}

/** Redirects to the user's landing page. */
export const Start = () => <Navigate to={useMember().landingPath} replace />;
