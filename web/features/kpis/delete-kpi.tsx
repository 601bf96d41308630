import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { kpiRoutes } from '../../../functions/http/kpi/routes.ts';
import { ConfirmTyped } from '../../components/confirm-typed.tsx';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { kpisKey } from './queries.ts';

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
