import { Button, Group, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Approval } from '../../../domain/approval/approval.schema.ts';
import { Requested } from '../../../domain/approval/kinds.schema.ts';
import { approvalRoutes } from '../../../functions/http/approval/routes.ts';
import { auditFeedRoutes } from '../../../functions/http/audit/routes.ts';
import { departureRoutes } from '../../../functions/http/departure/platform-routes.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { saveFile } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { approvalsKey } from './queries.ts';

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;

interface Props {
  readonly approval: Approval;
}

/** Downloads the approved export in parts: exactly what was approved, once. */
export function Download({ approval }: Props) {
  const { file } = useSession();
  const { approvals } = useTexts();
  const queries = useQueryClient();
  const [kilobytes, setKilobytes] = useState(0);
  const downloading = useChange({
    mutationFn: async (asked: Requested) => {
      if (asked.kind !== 'audit-feed.export') return;
      const parts: Blob[] = [];
      let cursor: string | undefined;
      do {
        const query = { ...asked.input, approvalId: approval.id, cursor };
        const part = await file(auditFeedRoutes.exportAuditFeed, { query });
        parts.push(part.blob);
        setKilobytes(Math.round(parts.reduce((sum, { size }) => sum + size, 0) / 1000));
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      const { format } = asked.input;
      saveFile(parts, `audit.${format}`, types[format]);
    },
    onSuccess: () => notify({ message: approvals.downloaded }),
    onError: useErrorNotice(),
    onSettled: () => queries.invalidateQueries({ queryKey: approvalsKey }),
  });
  return (
    <Group gap="xs">
      <Button
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={downloading.isPending}
        onClick={() => downloading.mutate(Requested.parse(approval))}
      >
        {approvals.download}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {downloading.isPending && approvals.downloading(kilobytes)}
      </Text>
    </Group>
  );
}

/** Extends support access as approved. */
export function Extend({ approval }: Props) {
  const { api } = useSession();
  const { approvals } = useTexts();
  const extend = async (key: string) => {
    const asked = Requested.parse(approval);
    if (asked.kind !== 'support-access.extend') return;
    const { minutes, ...params } = asked.input;
    const body = { reason: approval.reason, minutes, approvalId: approval.id };
    await api(supportAccessRoutes.extendSupportAccess, { params, body, key });
  };
  return (
    <SendButton variant="filled" send={extend} says={() => approvals.extended}>
      {approvals.extend}
    </SendButton>
  );
}

/** Starts the approved deletion. */
export function Remove({ approval }: Props) {
  const { api } = useSession();
  const { approvals } = useTexts();
  const remove = async (key: string) => {
    const asked = Requested.parse(approval);
    if (asked.kind !== 'organization.remove-data') return;
    const body = { approvalId: approval.id };
    await api(departureRoutes.deleteOrganizationData, { params: asked.input, body, key });
  };
  return (
    <SendButton variant="filled" color="red" send={remove} says={() => approvals.removed}>
      {approvals.remove}
    </SendButton>
  );
}

/** Continues with what couldn't be carried out immediately. */
export function CarryOut({ approval: { id: approvalId } }: Props) {
  const { api } = useSession();
  const { approvals } = useTexts();
  return (
    <SendButton
      send={(key) => api(approvalRoutes.carryOutRequest, { params: { approvalId }, key })}
      says={({ status }) => (status === 'carried_out' ? approvals.done : approvals.notYet)}
      reloads={approvalsKey}
    >
      {approvals.carryOut}
    </SendButton>
  );
}
