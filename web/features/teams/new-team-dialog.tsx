import { Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import { NewTeam } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useChange } from '../../lib/change.ts';
import { besideFields, fieldErrors, useFieldWords, useFirstWrong } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { teamsKey } from './queries.ts';

interface Props {
  readonly organizationId: OrganizationId;
  readonly onClose: () => void;
}

const Form = z.pipe(
  z.pipe(
    z.object({ name: z.string(), description: z.string() }),
    z.transform(
      ({ name, description }): z.input<typeof NewTeam> => ({
        name,
        ...(description.trim() === '' ? {} : { description }),
      }),
    ),
  ),
  NewTeam,
);

/** Creates a team, and goes there to name its people. */
export function NewTeamDialog({ organizationId, onClose }: Props) {
  const { api } = useSession();
  const { teams } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', description: '' },
    validate: schemaResolver(Form, { sync: true }),
    enhanceGetInputProps: useFieldWords(),
  });
  const creating = useChange({
    mutationFn: (values: typeof form.values, key) =>
      api(teamRoutes.createTeam, { params: { organizationId }, body: Form.parse(values), key }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: teamsKey(organizationId) });
      await navigate({ to: `/organizations/${organizationId}/teams/${id}` });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const lead = useFirstWrong(form, creating.error);
  return (
    <FormDialog
      title={teams.newTeam}
      action={teams.create}
      pending={creating.isPending}
      error={besideFields(form, creating.error)}
      onSubmit={form.onSubmit((values) => creating.mutate(values), lead)}
      onClose={onClose}
    >
      <TextInput label={teams.name} required data-autofocus {...form.getInputProps('name')} />
      <Textarea label={teams.description} autosize minRows={2} {...form.getInputProps('description')} />
    </FormDialog>
  );
}
