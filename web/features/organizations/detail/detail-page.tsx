import { Alert, Button, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrganizationId } from '../../../../domain/ids.ts';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import { StandingBadge } from '../../../components/labels.tsx';
import { NotFound } from '../../../components/no-page.tsx';
import { Page, Section } from '../../../components/page.tsx';
import { PageTabs, usePanels } from '../../../components/panels.tsx';
import { PrintButton } from '../../../components/print-button.tsx';
import { PageQuery } from '../../../components/query-view.tsx';
import { Loading, SupportNeeded } from '../../../components/states.tsx';
import { useAddressOrganization } from '../../../lib/address.ts';
import { useMay } from '../../../lib/member.tsx';
import { organizationsKey } from '../../../lib/queries.ts';
import { useSession } from '../../../lib/session.tsx';
import { useCurrentSupport } from '../../../lib/visit.tsx';
import { useTexts } from '../../../text/language.tsx';
import { organizationQuery } from '../queries.ts';
import { SettingsForm } from '../settings/settings-form.tsx';
import { CustomerOverview } from './overview.tsx';
import { IsLeaving, Reactivate, StartDeparture, SuspendAction } from './status-actions.tsx';
import { SubscriptionPart } from './subscription.tsx';

/** One organization, as the super admin sees it. */
export function DetailPage() {
  const organizationId = useAddressOrganization();
  return organizationId === null ? <NotFound /> : <Detail organizationId={organizationId} />;
}

function Detail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const query = useQuery(organizationQuery(api, organizationId));
  return (
    <PageQuery query={query}>
      {(organization) => (
        <Page
          title={organization.name}
          mark={<StandingBadge organization={organization} />}
          parents={[{ title: organizations.organizations, to: '/admin/organizations' }]}
          actions={
            <>
              <PrintButton />
              <Button variant="default" component={Link} to={`/organizations/${organizationId}`}>
                {organizations.openPages}
              </Button>
            </>
          }
        >
          {organization.status === 'inactive' && (
            <Alert color="gray" variant="light" title={organizations.suspended(organization.name)}>
              <Reactivate organization={organization} />
            </Alert>
          )}
          <IsLeaving organization={organization} />
          <OrganizationTabs organization={organization} />
        </Page>
      )}
    </PageQuery>
  );
}

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** The organization's own tabs, those of other features, and its settings. */
function OrganizationTabs({ organization }: Props) {
  const texts = useTexts();
  const { organizations } = texts;
  const { id: organizationId } = organization;
  const panels = usePanels('organization', organizationId);
  // Data inside an organization requires support access; customer data doesn't.
  const isOpen = useMay(organizationId)('list', 'User');
  const closed = useCurrentSupport() === undefined ? <Loading /> : <SupportNeeded />;
  return (
    <PageTabs
      tabs={[
        {
          name: 'overview',
          title: organizations.overview,
          content: <CustomerOverview organization={organization} />,
        },
        ...panels.map(({ name, title, component: Panel }) => ({
          name,
          title: title(texts),
          content: isOpen ? <Panel organizationId={organizationId} /> : closed,
        })),
        {
          name: 'subscription',
          title: organizations.subscription,
          content: <SubscriptionPart organization={organization} />,
        },
        {
          name: 'settings',
          title: organizations.settings,
          content: <PlatformSettings organization={organization} />,
        },
      ]}
    />
  );
}

/** What a super admin may change about an organization, including suspension. */
function PlatformSettings({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const params = { organizationId: organization.id };
  return (
    <Stack gap="md">
      <Section id="profile" title={organizations.profile}>
        <SettingsForm
          organizationId={organization.id}
          stored={organization}
          read={() => api(organizationsRoutes.getOrganization, { params })}
          isWhole
          save={(body, revision) => api(organizationsRoutes.updateOrganization, { params, body, revision })}
          onSettled={() => queries.invalidateQueries({ queryKey: organizationsKey })}
        />
      </Section>
      {(organization.status === 'active' || organization.frozenAt === undefined) && (
        <Section id="danger" title={organizations.danger}>
          {organization.status === 'active' && <SuspendAction organization={organization} />}
          {organization.frozenAt === undefined && <StartDeparture organization={organization} />}
        </Section>
      )}
    </Stack>
  );
}
