import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import {
  type Initiative,
  InitiativeChange,
  InitiativeStatus,
  NewInitiative,
} from '../../../domain/initiative/initiative.schema.ts';
import { type Kpi, teamOf } from '../../../domain/kpi/kpi.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { ConflictDialog } from '../../components/form/conflict-dialog.tsx';
import { Confirm, FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSaveForm } from '../../components/form/save-form.ts';
import { type Form, useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { peopleChoicesQuery } from '../../lib/choices.ts';
import { useMay } from '../../lib/member.tsx';
import { initiativesKey, teamsKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

export type Place = Pick<Initiative, 'organizationId' | 'teamId'>;

/** Possible owners that the user may see: members of the team first, then everyone else. */
function usePeople({ organizationId, teamId }: Place) {
  const { api } = useSession();
  const may = useMay(organizationId);
  const seesTeam = teamId !== undefined && may('read', 'Team', { teamId });
  const team = useQuery({
    queryKey: [...teamsKey(organizationId), teamId],
    queryFn: seesTeam
      ? ({ signal }) => api(teamRoutes.getTeam, { params: { organizationId, teamId }, signal })
      : skipToken,
  });
  const all = useQuery({ ...peopleChoicesQuery(api, organizationId), enabled: may('list', 'User') });
  const people = [...(team.data?.members ?? []), ...(all.data?.items ?? [])];
  return new Map<string, string>(people.map(({ userId, name }) => [userId, name ?? userId]));
}

/** A mutation that invalidates the initiatives. */
export function useWriting(organizationId: OrganizationId) {
  const { api } = useSession();
  const queries = useQueryClient();
  return { api, onSettled: () => queries.invalidateQueries({ queryKey: initiativesKey(organizationId) }) };
}

/** Path parameters of an initiative. */
export const paramsOf = ({ organizationId, kpiId, id }: Initiative) => ({
  organizationId,
  kpiId,
  initiativeId: id,
});

const fields = z.object({
  title: z.string(),
  ownerId: z.string(),
  dueDate: z.string(),
  status: InitiativeStatus,
  notes: z.string(),
});
type Values = z.infer<typeof fields>;

/** Parses the form with a schema of the API; empty notes become `none`. */
const formFor = <Schema extends z.ZodMiniType>(schema: Schema, none: null | undefined) =>
  z.pipe(
    z.pipe(
      fields,
      z.transform(({ notes, ...rest }): unknown => ({ ...rest, notes: notes.trim() === '' ? none : notes })),
    ),
    schema,
  );
const NewForm = formFor(NewInitiative, undefined);
const ChangeForm = formFor(InitiativeChange, null);

const groups = [['title'], ['ownerId'], ['dueDate'], ['status'], ['notes']] as const;
const nothing: Values = { title: '', ownerId: '', dueDate: '', status: 'planned', notes: '' };
const valuesOf = ({ notes = '', ...one }: Initiative): Values => fields.parse({ ...one, notes });

function Fields({ form, place }: { readonly form: Form<Values>; readonly place: Place }) {
  const { initiatives: texts, kpis } = useTexts();
  const people = [...usePeople(place)].map(([value, label]) => ({ value, label }));
  const { ownerId } = form.values;
  // An owner who has left stays until another is chosen.
  const isKnown = ownerId === '' || people.length === 0 || people.some(({ value }) => value === ownerId);
  const former = isKnown ? [] : [{ value: ownerId, label: kpis.formerMember }];
  const statuses = InitiativeStatus.options.map((value) => ({ value, label: texts.statuses[value] }));
  return (
    <>
      <TextInput label={texts.title} required data-autofocus {...form.getInputProps('title')} />
      <NativeSelect
        label={texts.ownerId}
        required
        data={[{ value: '', label: '' }, ...people, ...former]}
        {...form.getInputProps('ownerId')}
      />
      <TextInput label={texts.dueDate} type="date" required {...form.getInputProps('dueDate')} />
      <NativeSelect label={texts.status} data={statuses} {...form.getInputProps('status')} />
      <Textarea label={texts.notes} autosize minRows={2} {...form.getInputProps('notes')} />
    </>
  );
}

/** Creates an initiative on a KPI. */
export function CreateDialog({ kpi, onClose }: { readonly kpi: Kpi; readonly onClose: () => void }) {
  const { initiatives: texts } = useTexts();
  const { organizationId, id: kpiId } = kpi;
  const { api, onSettled } = useWriting(organizationId);
  const { form, sending } = useSendForm({
    initialValues: nothing,
    check: checkedBy(NewForm),
    send: (values, key) =>
      api(initiativeRoutes.createInitiative, {
        params: { organizationId, kpiId },
        body: NewForm.parse(values),
        key,
      }),
    onSent: onClose,
    onSettled,
  });
  return (
    <FormDialog title={texts.newOne} action={texts.create} sending={sending} onClose={onClose}>
      <Fields form={form} place={{ organizationId, teamId: teamOf(kpi) }} />
    </FormDialog>
  );
}

interface OneProps {
  readonly one: Initiative;
  readonly onClose: () => void;
}

/** Edits an initiative. */
export function EditDialog({ one, onClose }: OneProps) {
  const { initiatives: texts, common } = useTexts();
  const { api, onSettled } = useWriting(one.organizationId);
  const params = paramsOf(one);
  const people = usePeople(one);
  const { form, sending, saving, opened } = useSaveForm({
    id: one.id,
    stored: one,
    groups,
    valuesOf,
    check: checkedBy(ChangeForm),
    read: () => api(initiativeRoutes.getInitiative, { params }),
    save: (values, { revision }) =>
      api(initiativeRoutes.updateInitiative, { params, body: ChangeForm.parse(values), revision }),
    onSaved: onClose,
    onSettled,
  });
  return (
    <FormDialog
      title={texts.editTitle(opened.title)}
      action={common.save}
      sending={sending}
      onClose={onClose}
    >
      <Fields form={form} place={one} />
      <ConflictDialog
        saving={saving}
        title={(field) => texts[field]}
        words={(values, field) =>
          field === 'status' ? texts.statuses[values.status] : (people.get(values[field]) ?? values[field])
        }
        onTakeTheirs={onClose}
      />
    </FormDialog>
  );
}

/** Deletes an initiative after confirmation. */
export function DeleteDialog({ one, onClose }: OneProps) {
  const { initiatives: texts } = useTexts();
  const { api, onSettled } = useWriting(one.organizationId);
  const deleting = useChange({
    mutationFn: () =>
      api(initiativeRoutes.deleteInitiative, { params: paramsOf(one), revision: one.revision }),
    onSuccess: () => {
      onClose();
      notify({ message: texts.deleted(one.title) });
    },
    onSettled,
  });
  return (
    <Confirm
      title={texts.deleteTitle(one.title)}
      action={texts.deleteNow}
      change={deleting}
      onClose={onClose}
    >
      {texts.deleteText}
    </Confirm>
  );
}
