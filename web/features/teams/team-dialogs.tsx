import { Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import { NewTeam, type Team, TeamChange } from '../../../domain/team/team.schema.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { ConflictDialog } from '../../components/form/conflict-dialog.tsx';
import { ConfirmTyped, FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSaveForm } from '../../components/form/save-form.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { teamsKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

const fields = z.object({ name: z.string(), description: z.string() });

const NewForm = z.pipe(
  z.pipe(
    fields,
    z.transform(
      ({ name, description }): z.input<typeof NewTeam> => ({
        name,
        ...(description.trim() === '' ? {} : { description }),
      }),
    ),
  ),
  NewTeam,
);

const ChangeForm = z.pipe(
  z.pipe(
    fields,
    z.transform(
      ({ name, description }): z.input<typeof TeamChange> => ({
        name,
        description: description.trim() === '' ? null : description,
      }),
    ),
  ),
  TeamChange,
);

/** A team's fields; `field` returns the input props for a name. */
function TeamFields({ field }: { readonly field: (name: 'name' | 'description') => object }) {
  const { teams } = useTexts();
  return (
    <>
      <TextInput label={teams.name} required data-autofocus {...field('name')} />
      <Textarea label={teams.description} autosize minRows={2} {...field('description')} />
    </>
  );
}

interface NewTeamProps {
  readonly organizationId: OrganizationId;
  readonly onClose: () => void;
}

/** Creates a team and opens its page. */
export function NewTeamDialog({ organizationId, onClose }: NewTeamProps) {
  const { api } = useSession();
  const { teams } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { form, sending } = useSendForm({
    initialValues: { name: '', description: '' },
    check: checkedBy(NewForm),
    send: (values, key) =>
      api(teamRoutes.createTeam, { params: { organizationId }, body: NewForm.parse(values), key }),
    onSent: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: teamsKey(organizationId) });
      await navigate({ to: `/organizations/${organizationId}/teams/${id}` });
    },
  });
  return (
    <FormDialog title={teams.newTeam} action={teams.create} sending={sending} onClose={onClose}>
      <TeamFields field={form.getInputProps} />
    </FormDialog>
  );
}

interface TeamProps {
  readonly team: Team;
  readonly onClose: () => void;
}

const valuesOf = ({ name, description = '' }: Team) => ({ name, description });

/** Edits a team's name and description. */
export function EditTeamDialog({ team, onClose }: TeamProps) {
  const { api } = useSession();
  const { teams, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id } = team;
  const params = { organizationId, teamId: id };
  const { form, sending, saving, opened } = useSaveForm({
    id,
    stored: team,
    groups: [['name'], ['description']],
    valuesOf,
    check: checkedBy(ChangeForm),
    read: () => api(teamRoutes.getTeam, { params }),
    save: (values, { revision }) =>
      api(teamRoutes.updateTeam, { params, body: ChangeForm.parse(values), revision }),
    onSaved: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: teamsKey(organizationId) }),
  });
  return (
    <FormDialog title={teams.editTitle(opened.name)} action={common.save} sending={sending} onClose={onClose}>
      <TeamFields field={form.getInputProps} />
      <ConflictDialog
        saving={saving}
        title={(field) => teams[field]}
        words={(values, field) => values[field]}
        onTakeTheirs={onClose}
      />
    </FormDialog>
  );
}

/** Deletes a team after its name was typed. */
export function DeleteTeam({ team: { organizationId, id, name, revision }, onClose }: TeamProps) {
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
      change={deleting}
      onClose={onClose}
    >
      {teams.deleteText}
    </ConfirmTyped>
  );
}
