import { Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { type Team, TeamChange } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/routes/teams.routes.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { besideFields, fieldErrors, useFieldWords, useFirstWrong } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { teamQuery, teamsKey } from './queries.ts';

interface Props {
  readonly team: Team;
  readonly onClose: () => void;
}

const Form = z.pipe(
  z.pipe(
    z.object({ name: z.string(), description: z.string() }),
    z.transform(
      ({ name, description }): z.input<typeof TeamChange> => ({
        name,
        description: description.trim() === '' ? null : description,
      }),
    ),
  ),
  TeamChange,
);

interface Attempt {
  readonly values: { readonly name: string; readonly description: string };
  readonly revision: number;
}

/** Changes a team's name and description; when somebody else was first, both versions are shown. */
export function EditTeamDialog({ team, onClose }: Props) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const queries = useQueryClient();
  // The change is meant for what was opened, whatever is read in the meantime.
  const [opened] = useState(team);
  const { organizationId, id: teamId, revision, name, description = '' } = opened;
  const form = useForm({
    initialValues: { name, description },
    validate: schemaResolver(Form, { sync: true }),
    enhanceGetInputProps: useFieldWords(),
  });
  const saving = useChange({
    mutationFn: ({ values, revision: at }: Attempt) =>
      api(teamRoutes.updateTeam, {
        params: { organizationId, teamId },
        body: Form.parse(values),
        revision: at,
      }),
    onSuccess: onClose,
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: teamsKey(organizationId) }),
  });
  const lead = useFirstWrong(form, saving.error);
  const stale = saving.error instanceof ApiError && saving.error.code === 'stale';
  const current = queries.getQueryData(teamQuery(api, organizationId, teamId).queryKey) ?? team;
  return (
    <FormDialog
      title={teams.editTitle(name)}
      action={common.save}
      pending={saving.isPending}
      error={stale ? null : besideFields(form, saving.error)}
      onSubmit={form.onSubmit((values) => saving.mutate({ values, revision }), lead)}
      onClose={onClose}
    >
      <TextInput label={teams.name} required data-autofocus {...form.getInputProps('name')} />
      <Textarea label={teams.description} autosize minRows={2} {...form.getInputProps('description')} />
      <ConflictDialog
        opened={stale}
        pending={saving.isPending}
        differences={[
          { field: teams.name, mine: form.values.name, theirs: current.name },
          {
            field: teams.description,
            mine: form.values.description,
            theirs: current.description ?? '',
          },
        ]}
        onKeepMine={() => saving.mutate({ values: form.values, revision: current.revision })}
        onTakeTheirs={onClose}
        onClose={() => saving.reset()}
      />
    </FormDialog>
  );
}
