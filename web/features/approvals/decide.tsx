import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { type Approval, RefusedApproval } from '../../../domain/approval/approval.schema.ts';
import { approvalRoutes } from '../../../functions/http/approval/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
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
