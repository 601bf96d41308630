import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type {
  OrganizationWithCounts,
  SubscriptionChange,
} from '../../../domain/organization/organization.schema.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { Section } from '../../components/section.tsx';
import { Empty } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useMember } from '../../lib/me.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { ChangeSubscription } from './change-subscription.tsx';
import { subscriptionHistoryQuery } from './queries.ts';
import { SubscriptionInWords } from './subscription-in-words.tsx';
import { UsedOfPlan } from './used-of-plan.tsx';

/** An organization's plan: what it is, what is used of it, the way to change it, and how it was before. */
export function SubscriptionPart({ organization }: { readonly organization: OrganizationWithCounts }) {
  const { organizations } = useTexts();
  const { subscription, counts, id } = organization;
  return (
    <Stack gap="md">
      <Section id="plan" title={organizations.plan}>
        <Text>
          <SubscriptionInWords {...subscription} />
        </Text>
        <UsedOfPlan plan={subscription.plan} counts={counts} />
      </Section>
      <Section id="change" title={organizations.changePlan}>
        <ChangeSubscription organization={organization} />
      </Section>
      <Section id="history" title={organizations.history}>
        <History organizationId={id} />
      </Section>
    </Stack>
  );
}

function History({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const { user } = useMember();
  const query = useInfiniteQuery(subscriptionHistoryQuery(api, organizationId));
  const columns: readonly Column<SubscriptionChange>[] = [
    { title: organizations.when, cell: ({ at }) => <Time at={at} /> },
    { title: organizations.by, cell: ({ by }) => (by === user.userId ? user.name : by) },
    {
      title: organizations.from,
      cell: ({ before }) => (before === null ? organizations.founded : <SubscriptionInWords {...before} />),
    },
    { title: organizations.to, cell: ({ after }) => <SubscriptionInWords {...after} /> },
  ];
  return (
    <PagedList query={query} empty={<Empty title={organizations.noHistory} />}>
      {(items) => (
        <DataTable
          label={organizations.history}
          columns={columns}
          items={items}
          keyOf={({ revision }) => String(revision)}
        />
      )}
    </PagedList>
  );
}
