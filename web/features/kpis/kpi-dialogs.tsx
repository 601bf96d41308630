import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { kpiRoutes } from '../../../functions/http/routes/kpis.routes.ts';
import { ConflictDialog } from '../../components/conflict-dialog.tsx';
import { Failed } from '../../components/states.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { fieldErrors } from '../../lib/form-errors.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { KpiFields } from './kpi-fields.tsx';
import {
  atFormFields,
  emptyValues,
  KpiForm,
  type KpiFormState,
  type KpiValues,
  useKpiForm,
  valuesOf,
} from './kpi-form.ts';
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
  const creating = useMutation({
    mutationFn: (values: KpiValues) =>
      api(kpiRoutes.createKpi, { params: { organizationId }, body: KpiForm.parse(values) }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: kpisKey(organizationId) });
      await navigate({ to: `/organizations/${organizationId}/kpis/${id}` });
    },
    onError: (error) => form.setErrors(atFormFields(fieldErrors(error))),
  });
  return (
    <KpiDialog
      title={kpis.newKpi}
      action={kpis.create}
      form={form}
      organizationId={organizationId}
      pending={creating.isPending}
      error={creating.error}
      onSubmit={(values) => creating.mutate(values)}
      onClose={onClose}
    />
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
  const form = useKpiForm(valuesOf(kpi));
  const saving = useMutation({
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
  const stale = saving.error instanceof ApiError && saving.error.code === 'stale';
  const current = queries.getQueryData(kpiQuery(api, organizationId, kpiId).queryKey) ?? kpi;
  return (
    <>
      <KpiDialog
        title={kpis.editTitle(kpi.name)}
        action={common.save}
        form={form}
        organizationId={organizationId}
        pending={saving.isPending}
        error={stale ? null : saving.error}
        onSubmit={(values) => saving.mutate({ values, revision: kpi.revision })}
        onClose={onClose}
      />
      <ConflictDialog
        opened={stale}
        pending={saving.isPending}
        differences={differencesOf(form.values, valuesOf(current), kpis)}
        onKeepMine={() => saving.mutate({ values: form.values, revision: current.revision })}
        onTakeTheirs={onClose}
        onClose={() => saving.reset()}
      />
    </>
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

interface DialogProps {
  readonly title: string;
  readonly action: string;
  readonly form: KpiFormState;
  readonly organizationId: OrganizationId;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (values: KpiValues) => void;
  readonly onClose: () => void;
}

function KpiDialog(props: DialogProps) {
  const { title, action, form, organizationId, pending, error, onSubmit, onClose } = props;
  const { common } = useTexts();
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form noValidate onSubmit={form.onSubmit(onSubmit)} aria-label={title}>
        <Stack gap="md">
          <KpiFields form={form} organizationId={organizationId} />
          {error !== null && Object.keys(form.errors).length === 0 && <Failed error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={pending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
