import type { OrganizationId, SupportAccessId } from '../../../domain/ids.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useBeginAnew } from '../../lib/visit.tsx';

/** Ends a support access or a request. */
export function useEnd(organizationId: OrganizationId, message: string) {
  const { api } = useSession();
  const beginAnew = useBeginAnew();
  const say = useErrorNotice();
  return useChange({
    mutationFn: (supportAccessId: SupportAccessId, key) =>
      api(supportAccessRoutes.endSupportAccess, { params: { organizationId, supportAccessId }, key }),
    onSuccess: () => notify({ message }),
    onError: say,
    onSettled: () => beginAnew(organizationId),
  });
}
