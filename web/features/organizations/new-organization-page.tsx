import { Button, Fieldset, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
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
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { ContactFields, NameFields, SubscriptionFields } from './fields.tsx';
import { organizationsKey } from './queries.ts';

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

/** A field left empty is a field not given. */
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

interface Props {
  readonly onCreated: (organization: OrganizationWithCounts) => void;
}

/** Creates an organization and invites its first admin. Checked by the API's own schema, here and there. */
function NewOrganizationForm({ onCreated }: Props) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const { form, sending } = useSendForm({
    initialValues: initialValues(),
    check: checkedBy(Form),
    send: (values, key) => api(organizationsRoutes.createOrganization, { body: Form.parse(values), key }),
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
        <Sections
          field={field}
          plan={form.values.subscription.plan}
          onTakeContact={() => {
            const { name, email } = form.getValues().contactPerson;
            // Field by field, since each of them has an error of its own to lose.
            form.setFieldValue('firstAdmin.name', name);
            form.setFieldValue('firstAdmin.email', email);
          }}
        />
        <Group>
          <Button type="submit" loading={sending.pending}>
            {organizations.createNow}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface SectionsProps {
  readonly field: (path: string) => object;
  readonly plan: string;
  readonly onTakeContact: () => void;
}

function Sections({ field, plan, onTakeContact }: SectionsProps) {
  const { organizations } = useTexts();
  return (
    <>
      <Fieldset legend={organizations.step(1, organizations.organization)}>
        <NameFields field={field} />
      </Fieldset>
      <Fieldset legend={organizations.step(2, organizations.contact)}>
        <ContactFields field={field} />
      </Fieldset>
      <Fieldset legend={organizations.step(3, organizations.subscription)}>
        <SubscriptionFields field={(name) => field(`subscription.${name}`)} plan={plan} />
      </Fieldset>
      <Fieldset legend={organizations.step(4, organizations.firstAdmin)}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={organizations.adminName} required {...field('firstAdmin.name')} />
          <TextInput label={organizations.adminEmail} type="email" required {...field('firstAdmin.email')} />
        </SimpleGrid>
        <Button variant="default" size="compact-sm" mt="sm" onClick={onTakeContact}>
          {organizations.takeContact}
        </Button>
      </Fieldset>
    </>
  );
}
