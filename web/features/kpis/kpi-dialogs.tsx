import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { kpiRoutes } from '../../../functions/http/routes/kpis.routes.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { besideFields, fieldErrors, useFirstWrong } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { KpiFields } from './kpi-fields.tsx';
import { atFormFields, emptyValues, KpiForm, type KpiValues, useKpiForm, valuesOf } from './kpi-form.ts';
import { kpiQuery, kpisKey } from './queries.ts';

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

interface EditProps {
  readonly kpi: Kpi;
  readonly onClose: () => void;
}

/** Changes a KPI; when somebody else was first, both versions are shown. */
export function EditKpiDialog({ kpi, onClose }: EditProps) {
  const { api } = useSession();
  const { kpis, common } = useTexts();
  const queries = useQueryClient();
  const { organizationId, id: kpiId } = kpi;
  // The change is meant for what was opened, whatever is read in the meantime.
  const [opened] = useState(kpi);
  const form = useKpiForm(valuesOf(opened));
  const saving = useChange({
    mutationFn: ({ values, revision }: { values: KpiValues; revision: number }) =>
      api(kpiRoutes.updateKpi, {
        params: { organizationId, kpiId },
        body: { description: null, ...KpiForm.parse(values) },
        revision,
      }),
    onSuccess: onClose,
    onError: (error) => form.setErrors(atFormFields(fieldErrors(error))),
    onSettled: () => queries.invalidateQueries({ queryKey: kpisKey(organizationId) }),
  });
  const lead = useFirstWrong(form, saving.error);
  const stale = saving.error instanceof ApiError && saving.error.code === 'stale';
  const current = queries.getQueryData(kpiQuery(api, organizationId, kpiId).queryKey) ?? kpi;
  return (
    <FormDialog
      title={kpis.editTitle(kpi.name)}
      size="lg"
      action={common.save}
      pending={saving.isPending}
      error={stale ? null : besideFields(form, saving.error)}
      onSubmit={form.onSubmit((values) => saving.mutate({ values, revision: opened.revision }), lead)}
      onClose={onClose}
    >
      <KpiFields form={form} organizationId={organizationId} />
      <ConflictDialog
        opened={stale}
        pending={saving.isPending}
        differences={differencesOf(form.values, valuesOf(current), kpis)}
        onKeepMine={() => saving.mutate({ values: form.values, revision: current.revision })}
        onTakeTheirs={onClose}
        onClose={() => saving.reset()}
      />
    </FormDialog>
  );
}

const compared = [
  'name',
  'description',
  'unit',
  'baseline',
  'target',
  'low',
  'high',
  'start',
  'end',
  'owner',
] as const;

const differencesOf = (
  mine: KpiValues,
  theirs: KpiValues,
  titles: Readonly<Record<(typeof compared)[number], string>>,
) =>
  compared
    .filter((field) => mine[field] !== theirs[field])
    .map((field) => ({ field: titles[field], mine: mine[field], theirs: theirs[field] }));
