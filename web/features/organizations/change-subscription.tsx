import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import type { PlanChange } from '../../../domain/organization/organization.schema.ts';
import type { Organization } from '../../../domain/organization/profile.schema.ts';
import { type Subscription, SubscriptionInput } from '../../../domain/subscription/subscription.schema.ts';
import { organizationsRoutes } from '../../../functions/http/routes/organizations.routes.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { notify } from '../../components/notify.tsx';
import { Failed } from '../../components/states.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { besideFields, fieldErrors, useFieldWords, useFirstWrong } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { organizationsKey } from './queries.ts';
import { SubscriptionFields } from './subscription-fields.tsx';

const Form = z.pipe(
  z.pipe(
    z.object({ plan: z.string(), startDate: z.string(), endDate: z.string() }),
    z.transform(({ endDate, ...rest }): unknown => (endDate === '' ? rest : { ...rest, endDate })),
  ),
  SubscriptionInput,
);

const valuesOf = ({ plan, startDate, endDate = '' }: Subscription): z.input<typeof Form> => ({
  plan,
  startDate,
  endDate,
});

interface Attempt {
  readonly values: z.input<typeof Form>;
  readonly revision: number;
  readonly dryRun: boolean;
}

/** Changes plan, first or last day. What it would come to is shown first, and nothing is changed before it was. */
export function ChangeSubscription({ organization }: { readonly organization: Organization }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(organization);
  const [outcome, setOutcome] = useState<PlanChange | null>(null);
  const form = useForm({
    initialValues: valuesOf(organization.subscription),
    validate: schemaResolver(Form, { sync: true }),
    enhanceGetInputProps: useFieldWords(),
    onValuesChange: () => setOutcome(null),
  });
  const changing = useChange({
    mutationFn: ({ values, revision, dryRun }: Attempt) =>
      api(organizationsRoutes.changeSubscription, {
        params: { organizationId: organization.id },
        query: { dryRun: String(dryRun) },
        body: Form.parse(values),
        revision,
      }),
    onSuccess: (change) => {
      setOutcome(change.applied ? null : change);
      if (!change.applied) return;
      setOpened({ ...organization, subscription: change.subscription, revision: change.revision });
      notify({ message: organizations.applied });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: (change) =>
      change?.applied === false ? undefined : queries.invalidateQueries({ queryKey: organizationsKey }),
  });
  const lead = useFirstWrong(form, changing.error);
  const isStale = changing.error instanceof ApiError && changing.error.code === 'stale';
  const send = (dryRun: boolean, { revision }: Organization = opened) =>
    changing.mutate({ values: form.values, revision, dryRun });
  const takeTheirs = () => {
    setOpened(organization);
    form.setValues(valuesOf(organization.subscription));
    changing.reset();
  };
  const problem = isStale ? null : besideFields(form, changing.error);
  return (
    <form noValidate onSubmit={form.onSubmit(() => send(true), lead)} aria-label={organizations.changePlan}>
      <Stack gap="md">
        <SubscriptionFields field={(name) => form.getInputProps(name)} plan={form.values.plan} />
        {problem !== null && <Failed error={problem} />}
        {outcome !== null && <Outcome {...outcome} />}
        <Group>
          <Button type="submit" variant="default" loading={changing.isPending && outcome === null}>
            {organizations.check}
          </Button>
          {outcome !== null && (
            <Button loading={changing.isPending} onClick={() => send(false)}>
              {organizations.apply}
            </Button>
          )}
          <Text size="sm" c="dimmed">
            {organizations.checkText}
          </Text>
        </Group>
      </Stack>
      <Conflict
        opened={isStale}
        mine={form.values}
        theirs={valuesOf(organization.subscription)}
        pending={changing.isPending}
        onKeepMine={() => {
          setOpened(organization);
          send(changing.variables?.dryRun ?? true, organization);
        }}
        onTakeTheirs={takeTheirs}
        onClose={() => changing.reset()}
      />
    </form>
  );
}

interface ConflictProps extends Omit<Parameters<typeof ConflictDialog>[0], 'differences'> {
  readonly mine: z.input<typeof Form>;
  readonly theirs: z.input<typeof Form>;
}

function Conflict({ mine, theirs, ...dialog }: ConflictProps) {
  const { organizations } = useTexts();
  const fields = [
    { name: 'plan', field: organizations.plan },
    { name: 'startDate', field: organizations.startsOn },
    { name: 'endDate', field: organizations.endsAfter },
  ] as const;
  return (
    <ConflictDialog
      {...dialog}
      differences={fields.map(({ name, field }) => ({ field, mine: mine[name], theirs: theirs[name] }))}
    />
  );
}

/** What a change would come to: what would be too much, and what the plan gives more or less of. */
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
            { title: organizations.allowance, cell: ({ allowance }) => organizations.allowances[allowance] },
            { title: organizations.before, numeric: true, cell: ({ from }) => number(from) },
            { title: organizations.after, numeric: true, cell: ({ to }) => number(to) },
          ]}
        />
      )}
    </Stack>
  );
}
