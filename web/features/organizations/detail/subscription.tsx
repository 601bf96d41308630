import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../../domain/ids.ts';
import type {
  OrganizationWithCounts,
  PlanChange,
  SubscriptionChange,
} from '../../../../domain/organization/organization.schema.ts';
import type { Organization } from '../../../../domain/organization/profile.schema.ts';
import { type Subscription, SubscriptionInput } from '../../../../domain/subscription/subscription.schema.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import { ConflictDialog } from '../../../components/form/conflict-dialog.tsx';
import { checkedBy } from '../../../components/form/problems.ts';
import { useSaveForm } from '../../../components/form/save-form.ts';
import { Time } from '../../../components/labels.tsx';
import { notify } from '../../../components/notify.tsx';
import { Section } from '../../../components/page.tsx';
import { PagedList } from '../../../components/query-view.tsx';
import { Empty, Failed } from '../../../components/states.tsx';
import type { Column } from '../../../components/table/column.ts';
import { DataTable } from '../../../components/table/data-table.tsx';
import { useMember } from '../../../lib/member.tsx';
import { organizationsKey } from '../../../lib/queries.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { SubscriptionFields } from '../fields.tsx';
import { SubscriptionInWords, UsedOfPlan } from '../plan.tsx';
import { subscriptionHistoryQuery } from '../queries.ts';

/** An organization's plan: its terms and usage, its history, and a way to change it. */
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
    { id: 'when', title: organizations.when, width: 160, cell: ({ at }) => <Time at={at} /> },
    { id: 'by', title: organizations.by, cell: ({ by }) => (by === user.userId ? user.name : by) },
    {
      id: 'from',
      width: '1.4fr',
      title: organizations.from,
      cell: ({ before }) => (before === null ? organizations.founded : <SubscriptionInWords {...before} />),
    },
    {
      id: 'to',
      width: '1.4fr',
      title: organizations.to,
      phone: 'fact',
      cell: ({ after }) => <SubscriptionInWords {...after} />,
    },
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

const Form = z.pipe(
  z.pipe(
    z.object({ plan: z.string(), startDate: z.string(), endDate: z.string() }),
    z.transform(({ endDate, ...rest }): unknown => (endDate === '' ? rest : { ...rest, endDate })),
  ),
  SubscriptionInput,
);

type Values = z.input<typeof Form>;

const valuesOf = ({ plan, startDate, endDate = '' }: Subscription): Values => ({
  plan,
  startDate,
  endDate,
});

/** Plan and dates were validated together. */
const groups = [['plan', 'startDate', 'endDate']] as const;

/** Changes the plan, start or end date. The effect is previewed before anything is saved. */
function ChangeSubscription({ organization }: { readonly organization: Organization }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<PlanChange | null>(null);
  const params = { organizationId: organization.id };
  const { form, sending, saving, opened, setOpened } = useSaveForm<Organization, Values, PlanChange>({
    id: organization.id,
    stored: organization,
    groups,
    valuesOf: ({ subscription }) => valuesOf(subscription),
    check: checkedBy(Form),
    onValuesChange: () => setOutcome(null),
    read: () => api(organizationsRoutes.getOrganization, { params }),
    dryRun: true,
    save: (values, base, dryRun) =>
      api(organizationsRoutes.changeSubscription, {
        params,
        query: { dryRun: String(dryRun) },
        body: Form.parse(values),
        revision: base.revision,
      }),
    onSaved: (change, attempt) => {
      const subscription = change.applied ? change.subscription : attempt.opened.subscription;
      setOpened({ ...attempt.opened, subscription, revision: change.revision });
      setOutcome(change.applied ? null : change);
      if (change.applied) notify({ message: organizations.applied });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: organizationsKey }),
  });
  const titles = {
    plan: organizations.plan,
    startDate: organizations.startsOn,
    endDate: organizations.endsAfter,
  };
  return (
    <form noValidate onSubmit={sending.submit} aria-label={organizations.changePlan}>
      <Stack gap="md">
        <SubscriptionFields field={(name) => form.getInputProps(name)} plan={form.values.plan} />
        {sending.error !== null && <Failed error={sending.error} />}
        {outcome !== null && <Outcome {...outcome} />}
        <Group>
          <Button type="submit" variant="default" loading={sending.pending && outcome === null}>
            {organizations.check}
          </Button>
          {outcome !== null && (
            <Button loading={sending.pending} onClick={() => saving.send({ opened, values: form.values })}>
              {organizations.apply}
            </Button>
          )}
          <Text size="sm" c="dimmed">
            {organizations.checkText}
          </Text>
        </Group>
      </Stack>
      <ConflictDialog
        saving={saving}
        title={(field) => titles[field]}
        words={(values, field) => values[field]}
        onTakeTheirs={(theirs) => {
          setOpened(theirs);
          form.setValues(valuesOf(theirs.subscription));
          saving.dismiss();
        }}
      />
    </form>
  );
}

/** The effect of a change: what would exceed the plan, and which entitlements differ. */
function Outcome({ exceeded, allowances }: PlanChange) {
  const { organizations } = useTexts();
  const { number } = useFormats();
  return (
    <Stack gap="sm" role="status">
      {exceeded.length === 0 ? (
        <Alert color="teal" variant="light" title={organizations.fits} />
      ) : (
        <Alert color="yellow" variant="light" title={organizations.exceeds}>
          <ul>
            {exceeded.map(({ entitlement, used, allowed }) => (
              <li key={entitlement}>
                {organizations.exceeded(
                  organizations.entitlements[entitlement],
                  number(used),
                  number(allowed),
                )}
              </li>
            ))}
          </ul>
          {organizations.exceedsText}
        </Alert>
      )}
      {allowances.length === 0 ? (
        <Text size="sm">{organizations.sameGives}</Text>
      ) : (
        <DataTable
          label={organizations.gives}
          items={allowances}
          keyOf={({ allowance }) => allowance}
          columns={[
            {
              id: 'allowance',
              title: organizations.allowance,
              cell: ({ allowance }) => organizations.allowances[allowance],
            },
            { id: 'before', title: organizations.before, numeric: true, cell: ({ from }) => number(from) },
            { id: 'after', title: organizations.after, numeric: true, cell: ({ to }) => number(to) },
          ]}
        />
      )}
    </Stack>
  );
}
