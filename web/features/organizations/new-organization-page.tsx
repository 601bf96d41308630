import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import * as z from 'zod/mini';
import {
  NewOrganization,
  type OrganizationWithCounts,
} from '../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../functions/http/organization/platform-routes.ts';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { Page } from '../../components/page.tsx';
import { Failed } from '../../components/states.tsx';
import { organizationsKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { ContactFields, NameFields, SubscriptionFields } from './fields.tsx';

export function NewOrganizationPage() {
  const navigate = useNavigate();
  const { organizations } = useTexts();
  return (
    <Page
      title={organizations.newOrganization}
      description={organizations.newText}
      parents={[{ title: organizations.organizations, to: '/admin/organizations' }]}
    >
      <NewOrganizationForm onCreated={({ id }) => void navigate({ to: `/admin/organizations/${id}` })} />
    </Page>
  );
}

/** An empty field counts as absent. */
const blank = z.pipe(
  z.string(),
  z.transform((value: string) => (value.trim() === '' ? undefined : value)),
);

const Form = z.pipe(
  z.pipe(
    z.object({
      name: z.string(),
      externalId: blank,
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
  externalId: '',
  contactPerson: { name: '', email: '', phone: '' },
  subscription: { plan: 'starter', startDate: new Date().toISOString().slice(0, 10), endDate: '' },
  firstAdmin: { name: '', email: '' },
});

type Values = ReturnType<typeof initialValues>;

/** The values with the resolved first admin. */
const completed = (values: Values, isSame: boolean): Values => {
  const { name, email } = values.contactPerson;
  return isSame ? { ...values, firstAdmin: { name, email } } : values;
};

interface Props {
  readonly onCreated: (organization: OrganizationWithCounts) => void;
}

/** Creates an organization and invites its first admin. Validated with the API's own schema. */
function NewOrganizationForm({ onCreated }: Props) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const [isSame, setSame] = useState(true);
  const { form, sending } = useSendForm({
    initialValues: initialValues(),
    check: (values) => checkedBy(Form)(completed(values, isSame)),
    // If the contact is the admin, errors belong to the contact's fields.
    fieldOf: (path) => (isSame ? path.replace('firstAdmin', 'contactPerson') : path),
    send: (values, key) =>
      api(organizationsRoutes.createOrganization, { body: Form.parse(completed(values, isSame)), key }),
    onSent: async (organization) => {
      await queries.invalidateQueries({ queryKey: organizationsKey });
      onCreated(organization);
    },
  });
  const field = (path: string) => ({ ...form.getInputProps(path), disabled: sending.pending });
  return (
    <form noValidate onSubmit={sending.submit} aria-label={organizations.newOrganization}>
      <Stack gap="lg" maw={760}>
        {sending.error !== null && <Failed error={sending.error} />}
        <Fieldset legend={organizations.organization}>
          <NameFields field={field} />
        </Fieldset>
        <Fieldset legend={organizations.contact}>
          <ContactFields field={field} />
        </Fieldset>
        <FirstAdmin field={field} isSame={isSame} onSame={setSame} />
        <Fieldset legend={organizations.subscription}>
          <SubscriptionFields
            field={(name) => field(`subscription.${name}`)}
            plan={form.values.subscription.plan}
          />
        </Fieldset>
        <Group>
          <Button type="submit" loading={sending.pending}>
            {organizations.createNow}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FirstAdminProps {
  readonly field: (path: string) => object;
  readonly isSame: boolean;
  readonly onSame: (isSame: boolean) => void;
}

/** The first admin: the contact person unless someone else is entered. */
function FirstAdmin({ field, isSame, onSame }: FirstAdminProps) {
  const { organizations } = useTexts();
  return (
    <Fieldset legend={organizations.firstAdmin}>
      <Stack gap="sm">
        <Checkbox
          label={organizations.takeContact}
          checked={isSame}
          onChange={({ currentTarget }) => onSame(currentTarget.checked)}
        />
        {!isSame && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={organizations.adminName} required {...field('firstAdmin.name')} />
            <TextInput
              label={organizations.adminEmail}
              type="email"
              required
              {...field('firstAdmin.email')}
            />
          </SimpleGrid>
        )}
      </Stack>
    </Fieldset>
  );
}
