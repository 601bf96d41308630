import { Button } from '@mantine/core';
import IconFileCertificate from '@tabler/icons-react/icons/IconFileCertificate';
import { OrganizationId } from '../../../domain/ids.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { saveFile } from '../../lib/api.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import type { TrailEntry } from './names.ts';

/**
 * Saves an entry with the proof that the signed audit log has it. Asks for a checkpoint if none covers it.
 */
export function ReceiptButton({ entry: { id, timestamp, organizationId } }: { readonly entry: TrailEntry }) {
  const { api } = useSession();
  const { audit } = useTexts();
  const may = useMay(organizationId);
  const params = { organizationId };
  const saving = useChange({
    mutationFn: async () => {
      try {
        const query = { entryId: id, timestamp };
        const receipt = await api(auditRoutes.getAuditReceipt, { params, query });
        saveFile([new Blob([JSON.stringify(receipt)])], `${id}.receipt.json`, 'application/json');
      } catch (error) {
        if (!(error instanceof ApiError && error.reason === 'entry_not_sealed')) throw error;
        await api(auditRoutes.requestCheckpoint, { params });
        notify({ message: audit.receipt.pending });
      }
    },
  });
  if (!OrganizationId.safeParse(organizationId).success || !may('read', 'AuditCheckpoint')) return null;
  return (
    <>
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconFileCertificate size={16} aria-hidden />}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
      >
        {audit.receipt.download}
      </Button>
      <ErrorNotice error={saving.error} />
    </>
  );
}
