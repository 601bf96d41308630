import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import { Direction } from '../../../domain/kpi/goal.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { kpiRoutes } from '../../../functions/http/routes/kpis.routes.ts';
import { ConflictDialog } from '../../components/form/conflict-dialog.tsx';
import { ConfirmTyped, FormDialog } from '../../components/form/form-dialog.tsx';
import { besideFields, fieldErrors, useFirstWrong } from '../../components/form/form-errors.ts';
import { useSaving } from '../../components/form/saving.ts';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { peopleChoicesQuery, teamChoicesQuery } from '../../lib/choices.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import {
  atFormFields,
  emptyValues,
  KpiFields,
  KpiForm,
  type KpiValues,
  useKpiForm,
  valuesOf,
} from './kpi-form.tsx';
import { kpisKey } from './queries.ts';

interface NewProps {
  readonly organizationId: OrganizationId;
  readonly onClose: () => void;
}

/** Creates a KPI, and goes there. */
export function NewKpiDialog({ organizationId, onClose }: NewProps) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useKpiForm(emptyValues('', new Date()));
  const creating = useChange({
    mutationFn: (values: KpiValues, key) =>
      api(kpiRoutes.createKpi, { params: { organizationId }, body: KpiForm.parse(values), key }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: kpisKey(organizationId) });
      await navigate({ to: `/organizations/${organizationId}/kpis/${id}` });
    },
    onError: (error) => form.setErrors(atFormFields(fieldErrors(error))),
  });
  const lead = useFirstWrong(form, creating.error);
  return (
    <FormDialog
      title={kpis.newKpi}
      size="lg"
      action={kpis.create}
      pending={creating.isPending}
      error={besideFields(form, creating.error)}
      onSubmit={form.onSubmit((values) => creating.mutate(values), lead)}
      onClose={onClose}
    >
      <KpiFields form={form} organizationId={organizationId} />
    </FormDialog>
  );
}

/** What a KPI aims at is one thing, and so is its period. */
const groups = [
  ['name'],
  ['description'],
  ['unit', 'direction', 'baseline', 'target', 'low', 'high'],
  ['start', 'end'],
  ['owner'],
  ['assigneeIds'],
] as const;

interface EditProps {
  readonly kpi: Kpi;
  readonly onClose: () => void;
}

/** Changes a KPI. */
export function EditKpiDialog({ kpi, onClose }: EditProps) {
  const { api } = useSession();
  const { kpis, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: kpiId } = kpi;
  const params = { organizationId, kpiId };
  // The change is meant for what was opened, whatever is read in the meantime.
  const [opened] = useState(kpi);
  const form = useKpiForm(valuesOf(opened));
  const saving = useSaving({
    id: kpiId,
    groups,
    valuesOf,
    read: () => api(kpiRoutes.getKpi, { params }),
    save: (values, { revision }) =>
      api(kpiRoutes.updateKpi, { params, body: { description: null, ...KpiForm.parse(values) }, revision }),
    onSaved: onClose,
    onError: (error) => form.setErrors(atFormFields(fieldErrors(error))),
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  const lead = useFirstWrong(form, saving.error);
  const { conflict } = saving;
  return (
    <FormDialog
      title={kpis.editTitle(kpi.name)}
      size="lg"
      action={common.save}
      pending={saving.isPending}
      error={besideFields(form, saving.error)}
      onSubmit={form.onSubmit((values) => saving.send({ opened, values }), lead)}
      onClose={onClose}
    >
      <KpiFields form={form} organizationId={organizationId} />
      {conflict !== null && (
        <TwoVersions
          organizationId={organizationId}
          saving={saving}
          {...conflict}
          theirs={valuesOf(conflict.theirs)}
          onTakeTheirs={onClose}
        />
      )}
    </FormDialog>
  );
}

interface TwoVersionsProps {
  readonly organizationId: OrganizationId;
  readonly saving: {
    readonly isPending: boolean;
    readonly keepMine: () => void;
    readonly dismiss: () => void;
  };
  readonly fields: readonly (keyof KpiValues)[];
  readonly mine: KpiValues;
  readonly theirs: KpiValues;
  readonly isOwn: boolean;
  readonly onTakeTheirs: () => void;
}

/** Both versions of what was changed twice, in words. */
function TwoVersions(props: TwoVersionsProps) {
  const { organizationId, saving, fields, mine, theirs, isOwn, onTakeTheirs } = props;
  const { api } = useSession();
  const { kpis } = useTexts();
  const { list } = useFormats();
  const teams = useQuery(teamChoicesQuery(api, organizationId)).data?.items ?? [];
  const people = useQuery(peopleChoicesQuery(api, organizationId)).data?.items ?? [];
  const names = new Map<string, string>([
    ...teams.map(({ id, name }) => [`team:${id}`, name] as const),
    ...people.flatMap(({ userId, name }) => [[`user:${userId}`, name] as const, [userId, name] as const]),
    ...Direction.options.map((direction) => [direction, kpis.directions[direction]] as const),
  ]);
  const words = (value: string | readonly string[]) =>
    typeof value === 'string'
      ? (names.get(value) ?? value)
      : list(value.map((userId) => names.get(userId) ?? userId));
  return (
    <ConflictDialog
      isOwn={isOwn}
      pending={saving.isPending}
      differences={fields.map((name) => ({
        field: kpis[name === 'assigneeIds' ? 'assignees' : name],
        mine: words(mine[name]),
        theirs: words(theirs[name]),
      }))}
      onKeepMine={saving.keepMine}
      onTakeTheirs={onTakeTheirs}
      onClose={saving.dismiss}
    />
  );
}

interface Props {
  readonly kpi: Kpi;
  readonly onClose: () => void;
}

/** Deletes a KPI with its check-ins, once its name has been typed. */
export function DeleteKpi({ kpi: { organizationId, id, name, revision }, onClose }: Props) {
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
      pending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      {kpis.deleteText}
    </ConfirmTyped>
  );
}
