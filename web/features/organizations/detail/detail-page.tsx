import { Alert, Anchor, Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrganizationId } from '../../../../domain/ids.ts';
import type { OrganizationWithCounts } from '../../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import { Day, StandingBadge, Time } from '../../../components/labels.tsx';
import { NotFound } from '../../../components/no-page.tsx';
import { Page, Section } from '../../../components/page.tsx';
import { PageTabs, usePanels } from '../../../components/panels.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { useAddressOrganization } from '../../../lib/address.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { SubscriptionInWords, UsedOfPlan } from '../plan.tsx';
import { organizationQuery, organizationsKey } from '../queries.ts';
import { SettingsForm } from '../settings/settings-form.tsx';
import { Reactivate, SuspendAction } from './status-actions.tsx';
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
    <QueryView query={query}>
      {(organization) => (
        <Page
          title={organization.name}
          mark={<StandingBadge organization={organization} />}
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

interface Props {
  readonly organization: OrganizationWithCounts;
}

/** What it is, what other features have of it, and what may be changed. */
function OrganizationTabs({ organization }: Props) {
  const texts = useTexts();
  const { organizations } = texts;
  const { id: organizationId } = organization;
  const panels = usePanels('organization', organizationId);
  return (
    <PageTabs
      tabs={[
        { name: 'overview', title: organizations.overview, content: <Facts organization={organization} /> },
        ...panels.map(({ name, title, component: Panel }) => ({
          name,
          title: title(texts),
          content: <Panel organizationId={organizationId} />,
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

const Fact = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack gap={0} component="div">
    <Text size="xs" c="dimmed">
      {title}
    </Text>
    <Text component="div" size="sm" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </Stack>
);

/** An organization at one look: what it uses of its plan, and what is known of it. */
function Facts({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { organizations, analytics } = useTexts();
  const { contactPerson, subscription, counts } = organization;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Section id="used" title={organizations.used}>
        <UsedOfPlan plan={subscription.plan} counts={counts} />
      </Section>
      <Section id="facts" title={organizations.facts}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Fact title={organizations.contact}>
            <bdi>{contactPerson.name}</bdi>
            <br />
            <Anchor size="sm" href={`mailto:${contactPerson.email}`}>
              {contactPerson.email}
            </Anchor>
            {contactPerson.phone !== undefined && <Text size="sm">{contactPerson.phone}</Text>}
          </Fact>
          <Fact title={organizations.subscription}>
            <SubscriptionInWords {...subscription} />
          </Fact>
          <Fact title={organizations.stage}>{analytics.stages[organization.stage]}</Fact>
          <Fact title={organizations.lastActivity}>
            <Day at={organization.lastActivityOn} />
          </Fact>
          <MoreFacts organization={organization} />
        </SimpleGrid>
      </Section>
    </SimpleGrid>
  );
}

function MoreFacts({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { organizations } = useTexts();
  const { list } = useFormats();
  const { allowedDomains, externalId, metadata, createdAt, updatedAt, id } = organization;
  return (
    <>
      <Fact title={organizations.allowedDomains}>
        {allowedDomains.length === 0 ? organizations.anyDomain : list(allowedDomains)}
      </Fact>
      <Fact title={organizations.externalId}>{externalId ?? '–'}</Fact>
      {Object.entries(metadata).map(([name, value]) => (
        <Fact key={name} title={name}>
          {value}
        </Fact>
      ))}
      <Fact title={organizations.created}>
        <Time at={createdAt} />
      </Fact>
      <Fact title={organizations.changed}>
        <Time at={updatedAt} />
      </Fact>
      <Fact title={organizations.id}>
        <Text ff="monospace" size="sm">
          {id}
        </Text>
      </Fact>
    </>
  );
}

/** What a super admin may change of an organization, and the way to suspend it. */
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
      {organization.status === 'active' && (
        <Section id="danger" title={organizations.danger}>
          <SuspendAction organization={organization} />
        </Section>
      )}
    </Stack>
  );
}
