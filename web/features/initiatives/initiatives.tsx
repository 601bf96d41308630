import {
  ActionIcon,
  Anchor,
  Button,
  Menu,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { skipToken, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import {
  type Initiative,
  InitiativeChange,
  type InitiativePage,
  InitiativeStatus,
  NewInitiative,
} from '../../../domain/initiative/initiative.schema.ts';
import { instanceOfKpi, type Kpi, teamOf } from '../../../domain/kpi/kpi.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ConflictDialog } from '../../components/form/conflict-dialog.tsx';
import { Confirm, FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSaveForm } from '../../components/form/save-form.ts';
import { type Form, useSendForm } from '../../components/form/send-form.ts';
import { Day } from '../../components/labels.tsx';
import { MenuItem } from '../../components/menu-item.tsx';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { PagedList, paging } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useChange } from '../../lib/change.ts';
import { peopleChoicesQuery } from '../../lib/choices.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

const initiativesKey = (organizationId: OrganizationId) => ['initiatives', organizationId] as const;

type Place = Pick<Initiative, 'organizationId' | 'teamId'>;

/** The initiatives on a KPI, on its page; and for who may, a new one. */
export function InitiativesOfKpi({ kpi }: { readonly kpi: Kpi }) {
  const { api } = useSession();
  const { initiatives: texts } = useTexts();
  const may = useMay(kpi.organizationId);
  const [creating, { open, close }] = useDisclosure(false);
  const { organizationId, id: kpiId } = kpi;
  const params = { organizationId, kpiId };
  return (
    <Stack gap="md">
      {may('create', 'Initiative', instanceOfKpi(kpi)) && (
        <Button w="fit-content" onClick={open}>
          {texts.newOne}
        </Button>
      )}
      <Listed
        id={kpiId}
        place={{ organizationId, teamId: teamOf(kpi) }}
        read={(asked) => api(initiativeRoutes.listInitiatives, { params, ...asked })}
      />
      {creating && <CreateDialog kpi={kpi} onClose={close} />}
    </Stack>
  );
}

/** The initiatives on a team's KPIs, on the team's page. */
export function InitiativesOfTeam({ team: { organizationId, id: teamId } }: { readonly team: Team }) {
  const { api } = useSession();
  const params = { organizationId, teamId };
  const read: ListedProps['read'] = (asked) =>
    api(initiativeRoutes.listTeamInitiatives, { params, ...asked });
  return <Listed id={teamId} place={params} read={read} showsKpi />;
}

interface ListedProps {
  /** Whose they are. */
  readonly id: string;
  readonly place: Place;
  readonly read: (asked: {
    readonly query: { readonly cursor: string | undefined; readonly limit: number };
    readonly signal: AbortSignal;
  }) => Promise<z.infer<typeof InitiativePage>>;
  readonly showsKpi?: boolean;
}

function Listed({ id, place, read, showsKpi = false }: ListedProps) {
  const { initiatives: texts, common } = useTexts();
  const names = usePeople(place);
  const query = useInfiniteQuery({
    ...paging,
    queryKey: [...initiativesKey(place.organizationId), id],
    queryFn: ({ pageParam: cursor, signal }) => read({ query: { cursor, limit: 100 }, signal }),
  });
  const columns: readonly Column<Initiative>[] = [
    {
      title: texts.title,
      cell: ({ title, notes }) => (
        <div>
          <bdi>{title}</bdi>
          <Text size="sm" c="dimmed" lineClamp={2}>
            {notes}
          </Text>
        </div>
      ),
    },
    {
      title: texts.kpi,
      cell: ({ organizationId, kpiId, kpiName }) => (
        <Anchor component={Link} to={`/organizations/${organizationId}/kpis/${kpiId}`}>
          <bdi>{kpiName}</bdi>
        </Anchor>
      ),
    },
    { title: texts.ownerId, cell: ({ ownerId }) => <bdi>{names.get(ownerId) ?? texts.somebody}</bdi> },
    { title: texts.dueDate, cell: ({ dueDate }) => <Day at={dueDate} /> },
    { title: texts.status, cell: ({ status }) => texts.statuses[status] },
    { title: common.actions, cell: (one) => <Actions one={one} /> },
  ];
  return (
    <PagedList query={query} empty={<Empty title={texts.none}>{texts.noneText}</Empty>}>
      {(items) => (
        <DataTable
          label={texts.all}
          columns={columns.filter(({ title }) => showsKpi || title !== texts.kpi)}
          items={items}
          keyOf={({ id }) => id}
        />
      )}
    </PagedList>
  );
}

/**
 * The names of who may be an owner, of those that the reader sees: who is in the team, then everybody else.
 */
function usePeople({ organizationId, teamId }: Place) {
  const { api } = useSession();
  const may = useMay(organizationId);
  const seesTeam = teamId !== undefined && may('read', 'Team', { teamId });
  const team = useQuery({
    queryKey: ['teams', organizationId, teamId],
    queryFn: seesTeam
      ? ({ signal }) => api(teamRoutes.getTeam, { params: { organizationId, teamId }, signal })
      : skipToken,
  });
  const all = useQuery({ ...peopleChoicesQuery(api, organizationId), enabled: may('list', 'User') });
  const people = [...(team.data?.members ?? []), ...(all.data?.items ?? [])];
  return new Map<string, string>(people.map(({ userId, name }) => [userId, name ?? userId]));
}

/** What may be done to one: its owner sets its status, who may delete it everything. */
function Actions({ one }: { readonly one: Initiative }) {
  const { initiatives: texts } = useTexts();
  const { organizationId, teamId, ownerId, title, revision } = one;
  const may = useMay(organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const { api, onSettled } = useWriting(organizationId);
  const setting = useChange({
    mutationFn: (status: InitiativeStatus) =>
      api(initiativeRoutes.updateInitiative, { params: paramsOf(one), body: { status }, revision }),
    onError: useErrorNotice(),
    onSettled,
  });
  if (!may('update', 'Initiative', { teamId, userId: ownerId })) return '–';
  const isManaged = may('delete', 'Initiative', { teamId });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label={texts.actionsOf(title)} loading={setting.isPending}>
            <span aria-hidden>⋯</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {InitiativeStatus.options
            .filter((status) => status !== one.status)
            .map((status) => (
              <MenuItem key={status} onClick={() => setting.mutate(status)}>
                {texts.setTo(texts.statuses[status])}
              </MenuItem>
            ))}
          {isManaged && <MenuItem onClick={edit.open}>{texts.edit}</MenuItem>}
          {isManaged && (
            <MenuItem color="red" onClick={askToDelete.open}>
              {texts.delete}
            </MenuItem>
          )}
        </Menu.Dropdown>
      </Menu>
      {editing && <EditDialog one={one} onClose={edit.close} />}
      {deleting && <DeleteDialog one={one} onClose={askToDelete.close} />}
    </>
  );
}

function useWriting(organizationId: OrganizationId) {
  const { api } = useSession();
  const queries = useQueryClient();
  return { api, onSettled: () => queries.invalidateQueries({ queryKey: initiativesKey(organizationId) }) };
}

const paramsOf = ({ organizationId, kpiId, id }: Initiative) => ({ organizationId, kpiId, initiativeId: id });

const fields = z.object({
  title: z.string(),
  ownerId: z.string(),
  dueDate: z.string(),
  status: InitiativeStatus,
  notes: z.string(),
});
type Values = z.infer<typeof fields>;

/** What is typed, as a schema of the API takes it; notes that are empty are `none`. */
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
  const { initiatives: texts } = useTexts();
  const people = [...usePeople(place)].map(([value, label]) => ({ value, label }));
  const statuses = InitiativeStatus.options.map((value) => ({ value, label: texts.statuses[value] }));
  return (
    <>
      <TextInput label={texts.title} required data-autofocus {...form.getInputProps('title')} />
      <NativeSelect
        label={texts.ownerId}
        required
        data={[{ value: '', label: '' }, ...people]}
        {...form.getInputProps('ownerId')}
      />
      <TextInput label={texts.dueDate} type="date" required {...form.getInputProps('dueDate')} />
      <NativeSelect label={texts.status} data={statuses} {...form.getInputProps('status')} />
      <Textarea label={texts.notes} autosize minRows={2} {...form.getInputProps('notes')} />
    </>
  );
}

function CreateDialog({ kpi, onClose }: { readonly kpi: Kpi; readonly onClose: () => void }) {
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

function EditDialog({ one, onClose }: OneProps) {
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

function DeleteDialog({ one, onClose }: OneProps) {
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
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      {texts.deleteText}
    </Confirm>
  );
}
