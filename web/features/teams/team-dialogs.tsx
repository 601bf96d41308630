import { Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import { NewTeam, type Team, TeamChange } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/routes/teams.routes.ts';
import { ConflictDialog } from '../../components/form/conflict-dialog.tsx';
import { ConfirmTyped, FormDialog } from '../../components/form/form-dialog.tsx';
import {
  besideFields,
  fieldErrors,
  useFieldWords,
  useFirstWrong,
} from '../../components/form/form-errors.ts';
import { useSaving } from '../../components/form/saving.ts';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
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

interface EditTeamDialogProps {
  readonly team: Team;
  readonly onClose: () => void;
}

const Form2 = z.pipe(
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
export function EditTeamDialog({ team, onClose }: EditTeamDialogProps) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const queries = useQueryClient();
  // The change is meant for what was opened, whatever is read in the meantime.
  const [opened] = useState(team);
  const { organizationId, id: teamId, name } = opened;
  const params = { organizationId, teamId };
  const form = useForm({
    initialValues: valuesOf(opened),
    validate: schemaResolver(Form2, { sync: true }),
    enhanceGetInputProps: useFieldWords(),
  });
  const saving = useSaving({
    id: teamId,
    groups: [['name'], ['description']],
    valuesOf,
    read: () => api(teamRoutes.getTeam, { params }),
    save: (values, { revision }) =>
      api(teamRoutes.updateTeam, { params, body: Form2.parse(values), revision }),
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

interface DeleteTeamProps {
  readonly team: Team;
  readonly onClose: () => void;
}

/** Deletes a team, once its name has been typed. */
export function DeleteTeam({ team: { organizationId, id, name, revision }, onClose }: DeleteTeamProps) {
  const { api } = useSession();
  const { teams } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deleting = useChange({
    mutationFn: () => api(teamRoutes.deleteTeam, { params: { organizationId, teamId: id }, revision }),
    onSuccess: async () => {
      await navigate({ to: `/organizations/${organizationId}/teams` });
      notify({ message: teams.deleted(name) });
      await queries.invalidateQueries({ queryKey: teamsKey(organizationId) });
    },
  });
  return (
    <ConfirmTyped
      title={teams.deleteTitle(name)}
      name={name}
      label={teams.deleteType(name)}
      action={teams.deleteNow}
      pending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      {teams.deleteText}
    </ConfirmTyped>
  );
}
