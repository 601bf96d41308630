import { Anchor, NativeSelect, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import * as z from 'zod/mini';
import {
  type SupportAccess,
  SupportExtension,
} from '../../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useSession } from '../../lib/session.tsx';
import { supportKey } from '../../lib/visit.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';

const fields = z.object({ reason: z.string(), minutes: z.string() });
const ExtendForm = z.pipe(
  z.pipe(
    fields,
    z.transform(({ reason, minutes }): unknown => ({ reason, minutes: Number(minutes) })),
  ),
  SupportExtension,
);

/** Where a second super admin's approval is requested. */
const askingAddress = (organization: string, supportAccess: string, minutes: string): string =>
  `/admin/approvals?${new URLSearchParams({ dialog: 'extend', organization, supportAccess, minutes })}`;

const steps = [15, 30, 60, 120] as const;

interface Props {
  readonly access: SupportAccess;
  readonly onClose: () => void;
}

/** Extends the super admin's own support access, with a new reason. */
export function ExtendDialog({ access: { id, organizationId }, onClose }: Props) {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const { time } = useFormats();
  const queries = useQueryClient();
  const { form, sending } = useSendForm({
    initialValues: { reason: '', minutes: '30' },
    check: checkedBy(ExtendForm),
    send: (values, key) =>
      api(supportAccessRoutes.extendSupportAccess, {
        params: { organizationId, supportAccessId: id },
        body: ExtendForm.parse(values),
        key,
      }),
    onSent: async ({ until = '' }) => {
      onClose();
      notify({ message: texts.extended(time(until)) });
      await queries.invalidateQueries({ queryKey: supportKey(organizationId) });
    },
  });
  return (
    <FormDialog title={texts.extendTitle} action={texts.extend} sending={sending} onClose={onClose}>
      <Text size="sm" c="dimmed">
        {texts.extendText}
      </Text>
      <Textarea
        label={texts.reason}
        required
        autosize
        minRows={2}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <NativeSelect
        label={texts.extendBy}
        data={steps.map((minutes) => ({ value: String(minutes), label: texts.durations(minutes) }))}
        {...form.getInputProps('minutes')}
      />
      {sending.error instanceof ApiError && sending.error.reason === 'lengthening_needs_approval' && (
        <Anchor component={Link} size="sm" to={askingAddress(organizationId, id, form.values.minutes)}>
          {texts.requestApproval}
        </Anchor>
      )}
    </FormDialog>
  );
}
