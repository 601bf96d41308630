import { Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { type Team, TeamChange } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { besideFields, fieldErrors, useFieldWords, useFirstWrong } from '../../lib/form-errors.ts';
import { useSaving } from '../../lib/saving.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { teamsKey } from './queries.ts';

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

const valuesOf = ({ name, description = '' }: Team) => ({ name, description });

/** Changes a team's name and description. */
export function EditTeamDialog({ team, onClose }: Props) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const queries = useQueryClient();
  // The change is meant for what was opened, whatever is read in the meantime.
  const [opened] = useState(team);
  const { organizationId, id: teamId, name } = opened;
  const params = { organizationId, teamId };
  const form = useForm({
    initialValues: valuesOf(opened),
    validate: schemaResolver(Form, { sync: true }),
    enhanceGetInputProps: useFieldWords(),
  });
  const saving = useSaving({
    id: teamId,
    groups: [['name'], ['description']],
    valuesOf,
    read: () => api(teamRoutes.getTeam, { params }),
    save: (values, { revision }) =>
      api(teamRoutes.updateTeam, { params, body: Form.parse(values), revision }),
    onSaved: onClose,
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: teamsKey(organizationId) }),
  });
  const lead = useFirstWrong(form, saving.error);
  const { conflict } = saving;
  return (
    <FormDialog
      title={teams.editTitle(name)}
      action={common.save}
      pending={saving.isPending}
      error={besideFields(form, saving.error)}
      onSubmit={form.onSubmit((values) => saving.send({ opened, values }), lead)}
      onClose={onClose}
    >
      <TextInput label={teams.name} required data-autofocus {...form.getInputProps('name')} />
      <Textarea label={teams.description} autosize minRows={2} {...form.getInputProps('description')} />
      {conflict !== null && (
        <ConflictDialog
          isOwn={conflict.isOwn}
          pending={saving.isPending}
          differences={conflict.fields.map((name) => ({
            field: teams[name],
            mine: conflict.mine[name],
            theirs: valuesOf(conflict.theirs)[name],
          }))}
          onKeepMine={saving.keepMine}
          onTakeTheirs={onClose}
          onClose={saving.dismiss}
        />
      )}
    </FormDialog>
  );
}
