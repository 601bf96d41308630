import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { teamsLed } from '../../../domain/access/member.ts';
import type { OrganizationId, TeamId } from '../../../domain/ids.ts';
import { Direction } from '../../../domain/kpi/goal.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { kpiRoutes } from '../../../functions/http/kpi/routes.ts';
import { ConflictDialog } from '../../components/form/conflict-dialog.tsx';
import { ConfirmTyped, FormDialog } from '../../components/form/form-dialog.tsx';
import { useSaveForm } from '../../components/form/save-form.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { peopleChoicesQuery, teamChoicesQuery } from '../../lib/choices.ts';
import { type Member, useMember } from '../../lib/member.tsx';
import { kpisKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { KpiFields } from './kpi-fields.tsx';
import { checkKpi, fieldOf, formulaKinds, KpiForm, newValues, valuesOf } from './kpi-form.ts';

interface NewProps {
  readonly organizationId: OrganizationId;
  /** The team it belongs to, if known. */
  readonly teamId?: TeamId;
  readonly onClose: () => void;
}

/** The default owner of a new KPI: the user, the team they lead, or none. */
function usualOwner(organizationId: OrganizationId, user: Member['user']): string {
  if (user.organizationId !== organizationId) return '';
  const [led] = user.role === 'org_admin' ? [] : teamsLed(user);
  return led === undefined ? `user:${user.userId}` : `team:${led}`;
}

/** Creates a KPI and opens its page. */
export function NewKpiDialog({ organizationId, teamId, onClose }: NewProps) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const { user } = useMember();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { form, sending } = useSendForm({
    initialValues: newValues(
      new Date(),
      teamId === undefined ? usualOwner(organizationId, user) : `team:${teamId}`,
    ),
    check: checkKpi,
    fieldOf,
    send: (values, key) =>
      api(kpiRoutes.createKpi, { params: { organizationId }, body: KpiForm.parse(values), key }),
    onSent: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: kpisKey(organizationId) });
      await navigate({ to: `/organizations/${organizationId}/kpis/${id}` });
    },
  });
  return (
    <FormDialog title={kpis.newKpi} size="lg" action={kpis.create} sending={sending} onClose={onClose}>
      <KpiFields form={form} organizationId={organizationId} isNew />
    </FormDialog>
  );
}

/** The target's fields belong together, and so do the period's. */
const groups = [
  ['name'],
  ['description'],
  ['unit', 'direction', 'baseline', 'target', 'low', 'high'],
  ['start', 'end'],
  ['owner'],
  ['assigneeIds'],
  ['formula', 'sources', 'weights'],
] as const;

interface KpiProps {
  readonly kpi: Kpi;
  readonly onClose: () => void;
}

/** Edits a KPI. */
export function EditKpiDialog({ kpi, onClose }: KpiProps) {
  const { api } = useSession();
  const { kpis, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: kpiId } = kpi;
  const params = { organizationId, kpiId };
  const words = useValueWords(organizationId);
  const { form, sending, saving } = useSaveForm({
    id: kpiId,
    stored: kpi,
    groups,
    valuesOf,
    check: checkKpi,
    fieldOf,
    read: () => api(kpiRoutes.getKpi, { params }),
    save: (values, { revision }) =>
      api(kpiRoutes.updateKpi, { params, body: { description: null, ...KpiForm.parse(values) }, revision }),
    onSaved: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  return (
    <FormDialog
      title={kpis.editTitle(kpi.name)}
      size="lg"
      action={common.save}
      sending={sending}
      onClose={onClose}
    >
      <KpiFields form={form} organizationId={organizationId} />
      <ConflictDialog
        saving={saving}
        title={(field) => kpis[field === 'assigneeIds' ? 'assignees' : field]}
        words={(values, field) => words(values[field])}
        onTakeTheirs={onClose}
      />
    </FormDialog>
  );
}

/** Formats a field's value, with names for people, teams and directions. */
function useValueWords(organizationId: OrganizationId) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const { list } = useFormats();
  const teams = useQuery(teamChoicesQuery(api, organizationId)).data?.items ?? [];
  const people = useQuery(peopleChoicesQuery(api, organizationId)).data?.items ?? [];
  const names = new Map<string, string>([
    ...teams.map(({ id, name }) => [`team:${id}`, name] as const),
    ...people.flatMap(({ userId, name }) => [[`user:${userId}`, name] as const, [userId, name] as const]),
    ...formulaKinds.map((kind) => [kind, kpis.formulas[kind]] as const),
    ...Direction.options.map((direction) => [direction, kpis.directions[direction]] as const),
  ]);
  return (value: string | readonly string[]) =>
    typeof value === 'string'
      ? (names.get(value) ?? value)
      : list(value.map((userId) => names.get(userId) ?? userId));
}

/** Deletes a KPI and its check-ins after its name was typed. */
export function DeleteKpi({ kpi: { organizationId, id, name, revision }, onClose }: KpiProps) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deleting = useChange({
    mutationFn: () => api(kpiRoutes.deleteKpi, { params: { organizationId, kpiId: id }, revision }),
    onSuccess: async () => {
      await navigate({ to: `/organizations/${organizationId}/kpis` });
      notify({ message: kpis.deleted(name) });
      await queries.invalidateQueries({ queryKey: kpisKey(organizationId) });
    },
  });
  return (
    <ConfirmTyped
      title={kpis.deleteTitle(name)}
      name={name}
      label={kpis.deleteType(name)}
      action={kpis.deleteNow}
      change={deleting}
      onClose={onClose}
    >
      {kpis.deleteText}
    </ConfirmTyped>
  );
}
