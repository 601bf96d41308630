import { Alert, Button, Group, NativeSelect, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/routes/invitations.routes.ts';
import { Failed } from '../../components/states.tsx';
import { fieldErrors } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { peopleKey } from './queries.ts';

interface Values {
  name: string;
  email: string;
  role: string;
}
const initialValues: Values = { name: '', email: '', role: 'team_member' };

/** Invites one person. The form stays for the next. */
export function InviteForm({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { roles } = useTexts().common;
  const queries = useQueryClient();
  const form = useForm<Values>({ initialValues, validate: schemaResolver(NewInvitation, { sync: true }) });
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
  return (
    <Paper withBorder radius="md" p="md">
      <form
        noValidate
        onSubmit={form.onSubmit((values) => inviting.mutate(values))}
        aria-label="Invite somebody"
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput label="Name" required {...form.getInputProps('name')} />
            <TextInput label="E-mail" type="email" required {...form.getInputProps('email')} />
            <NativeSelect
              label="Role"
              data={OrganizationRole.options.map((value) => ({ value, label: roles[value] }))}
              {...form.getInputProps('role')}
            />
          </SimpleGrid>
          {inviting.isError && Object.keys(form.errors).length === 0 && <Failed error={inviting.error} />}
          {inviting.isSuccess && (
            <Alert color="teal" variant="light" role="status">
              {inviting.data.delivery === 'sent'
                ? `${inviting.data.email} has been invited.`
                : `${inviting.data.email} is kept, but could not be written to yet. Send the invitation again in a moment.`}
            </Alert>
          )}
          <Group>
            <Button type="submit" loading={inviting.isPending}>
              Invite
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
