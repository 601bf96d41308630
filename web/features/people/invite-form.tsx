import { Alert, Button, Group, NativeSelect, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { type Invitation, NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/routes/invitations.routes.ts';
import { Failed } from '../../components/states.tsx';
import { besideFields, fieldErrors, useFieldWords } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { BulkInvite } from './bulk-invite.tsx';
import { peopleKey } from './queries.ts';

interface Values {
  name: string;
  email: string;
  role: string;
}
const initialValues: Values = { name: '', email: '', role: 'team_member' };

/** Invites one person, or many from a list. The form stays for the next. */
export function InviteForm({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const queries = useQueryClient();
  const [many, { open, close }] = useDisclosure(false);
  const form = useForm<Values>({
    initialValues,
    validate: schemaResolver(NewInvitation, { sync: true }),
    enhanceGetInputProps: useFieldWords(),
  });
  const inviting = useMutation({
    mutationFn: (values: Values) =>
      api(invitationRoutes.createInvitation, {
        params: { organizationId },
        body: NewInvitation.parse(values),
      }),
    onSuccess: async () => {
      form.reset();
      await queries.invalidateQueries({ queryKey: peopleKey(organizationId) });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const problem = besideFields(form, inviting.error);
  return (
    <Paper withBorder radius="md" p="md">
      <form
        noValidate
        onSubmit={form.onSubmit((values) => inviting.mutate(values))}
        aria-label={people.inviteSomebody}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput label={people.name} required {...form.getInputProps('name')} />
            <TextInput label={people.email} type="email" required {...form.getInputProps('email')} />
            <NativeSelect
              label={people.role}
              data={OrganizationRole.options.map((value) => ({ value, label: common.roles[value] }))}
              {...form.getInputProps('role')}
            />
          </SimpleGrid>
          {problem !== null && <Failed error={problem} />}
          {inviting.isSuccess && <Invited invitation={inviting.data} />}
          <Group>
            <Button type="submit" loading={inviting.isPending}>
              {people.invite}
            </Button>
            <Button variant="default" onClick={open}>
              {people.inviteMany}
            </Button>
          </Group>
        </Stack>
      </form>
      {many && <BulkInvite organizationId={organizationId} onClose={close} />}
    </Paper>
  );
}

function Invited({ invitation: { email, delivery } }: { readonly invitation: Invitation }) {
  const { people } = useTexts();
  return (
    <Alert color="teal" variant="light" role="status">
      {delivery === 'sent' ? people.invited(email) : people.kept(email)}
    </Alert>
  );
}
