import { Button, Fieldset, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import {
  NewOrganization,
  type OrganizationWithCounts,
} from '../../../domain/organization/organization.schema.ts';
import { plans } from '../../../domain/subscription/subscription.schema.ts';
import { organizationsRoutes } from '../../../functions/http/routes/organizations.routes.ts';
import { Failed } from '../../components/states.tsx';
import { fieldErrors } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { organizationsKey } from './queries.ts';

/** A field left empty is a field not given. */
const blank = z.pipe(
  z.string(),
  z.transform((value: string) => (value.trim() === '' ? undefined : value)),
);

const Form = z.pipe(
  z.pipe(
    z.object({
      name: z.string(),
      contactPerson: z.object({ name: z.string(), email: z.string(), phone: blank }),
      subscription: z.object({ plan: z.string(), startDate: z.string(), endDate: blank }),
      firstAdmin: z.object({ name: z.string(), email: z.string() }),
    }),
    z.transform((value): unknown => JSON.parse(JSON.stringify(value))),
  ),
  NewOrganization,
);

const initialValues = () => ({
  name: '',
  contactPerson: { name: '', email: '', phone: '' },
  subscription: { plan: 'starter', startDate: new Date().toISOString().slice(0, 10), endDate: '' },
  firstAdmin: { name: '', email: '' },
});

interface Props {
  readonly onCreated: (organization: OrganizationWithCounts) => void;
}

/** Creates an organization and invites its first admin. Checked by the API's own schema, here and there. */
export function NewOrganizationForm({ onCreated }: Props) {
  const { api } = useSession();
  const { common } = useTexts();
  const queries = useQueryClient();
  const form = useForm({ initialValues: initialValues(), validate: schemaResolver(Form, { sync: true }) });
  const creating = useMutation({
    mutationFn: (values: ReturnType<typeof initialValues>) =>
      api(organizationsRoutes.createOrganization, { body: Form.parse(values) }),
    onSuccess: async (organization) => {
      await queries.invalidateQueries({ queryKey: organizationsKey });
      onCreated(organization);
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const field = (path: string) => ({ ...form.getInputProps(path), disabled: creating.isPending });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => creating.mutate(values))}
      aria-label="New organization"
    >
      <Stack gap="lg" maw={760}>
        {creating.isError && Object.keys(form.errors).length === 0 && <Failed error={creating.error} />}
        <Fieldset legend="Organization">
          <TextInput label="Name" required maxLength={200} {...field('name')} />
        </Fieldset>
        <Fieldset legend="Contact person">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="Contact’s name" required {...field('contactPerson.name')} />
            <TextInput label="Contact’s e-mail" type="email" required {...field('contactPerson.email')} />
            <TextInput label="Contact’s phone" type="tel" {...field('contactPerson.phone')} />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend="Subscription">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NativeSelect
              label="Plan"
              data={plans.map((plan) => ({ value: plan, label: common.plans[plan] }))}
              {...field('subscription.plan')}
            />
            <TextInput label="Starts on" type="date" required {...field('subscription.startDate')} />
            <TextInput
              label="Ends after"
              description="Empty: no end"
              type="date"
              {...field('subscription.endDate')}
            />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend="First admin, who gets an invitation">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="Admin’s name" required {...field('firstAdmin.name')} />
            <TextInput label="Admin’s e-mail" type="email" required {...field('firstAdmin.email')} />
          </SimpleGrid>
        </Fieldset>
        <Group>
          <Button type="submit" loading={creating.isPending}>
            Create and invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
