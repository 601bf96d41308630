import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Approval, RefusedApproval } from '../../../domain/approval/approval.schema.ts';
import { Requested } from '../../../domain/approval/kinds.schema.ts';
import { approvalRoutes } from '../../../functions/http/approval/routes.ts';
import { auditFeedRoutes } from '../../../functions/http/audit/routes.ts';
import { departureRoutes } from '../../../functions/http/departure/platform-routes.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { saveFile } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { approvalsKey } from './queries.ts';
import { Details, Next, titleOf } from './request-card.tsx';

interface Props {
  readonly approval: Approval;
}

interface DialogProps extends Props {
  readonly onClose: () => void;
}

/** Approves another super admin's request, after showing all of it. */
export function Approve({ approval }: Props) {
  const { approvals } = useTexts();
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>{approvals.approve}</Button>
      {asking && <ApproveDialog approval={approval} onClose={close} />}
    </>
  );
}

function ApproveDialog({ approval, onClose }: DialogProps) {
  const { api } = useSession();
  const texts = useTexts();
  const { approvals } = texts;
  const queries = useQueryClient();
  const title = titleOf(approval, texts);
  const { id: approvalId, hash } = approval;
  const approving = useChange({
    mutationFn: (_, key) =>
      api(approvalRoutes.approveRequest, { params: { approvalId }, body: { hash }, key }),
    onSuccess: (now) => {
      notify({ message: approvals.became(title, now.status === 'voided' ? 'voided' : 'approved') });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: approvalsKey }),
  });
  const { isPending: pending, error } = approving;
  return (
    <FormDialog
      title={approvals.approveTitle}
      size="lg"
      action={approvals.approve}
      sending={{ pending, error, submit: () => approving.mutate() }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{title}</bdi>
        </Text>
        <Details approval={approval} />
        <Text size="sm" fw={500}>
          <Next approval={approval} />
        </Text>
        <Text size="sm" c="dimmed">
          {approvals.willConfirm}
        </Text>
      </Stack>
    </FormDialog>
  );
}

interface EndProps extends Props {
  readonly how: 'refuse' | 'withdraw';
}

/** Rejects or withdraws a request, with a reason. */
export function End({ approval, how }: EndProps) {
  const { approvals } = useTexts();
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {approvals.ends[how].action}
      </Button>
      {asking && <EndDialog approval={approval} how={how} onClose={close} />}
    </>
  );
}

function EndDialog({ approval, how, onClose }: EndProps & DialogProps) {
  const { api } = useSession();
  const texts = useTexts();
  const { approvals } = texts;
  const queries = useQueryClient();
  const title = titleOf(approval, texts);
  const route = how === 'refuse' ? approvalRoutes.refuseRequest : approvalRoutes.withdrawRequest;
  const { form, sending } = useSendForm({
    initialValues: { reason: '' },
    check: checkedBy(RefusedApproval),
    send: (body, key) => api(route, { params: { approvalId: approval.id }, body, key }),
    onSent: () => {
      notify({ message: approvals.became(title, how === 'refuse' ? 'refused' : 'withdrawn') });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: approvalsKey }),
  });
  const { title: question, text, action } = approvals.ends[how];
  return (
    <FormDialog title={question} action={action} sending={sending} onClose={onClose}>
      <Text size="sm">{text(title)}</Text>
      <Textarea
        label={approvals.reason}
        required
        data-autofocus
        autosize
        minRows={2}
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;

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
