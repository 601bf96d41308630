import { Checkbox, NativeSelect, Radio, Stack, Text, Textarea } from '@mantine/core';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../../domain/ids.ts';
import { NewSupportAccess, type SupportStage } from '../../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { type Form, useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { useSession } from '../../lib/session.tsx';
import { useBeginAnew } from '../../lib/visit.tsx';
import { useTexts } from '../../text/language.tsx';

const fields = z.object({
  reason: z.string(),
  minutes: z.string(),
  mode: z.string(),
  changeReason: z.string(),
  isEmergency: z.boolean(),
});
type Values = z.infer<typeof fields>;

const OpenForm = z.pipe(
  z.pipe(
    fields,
    z.transform(({ minutes, changeReason, isEmergency, ...rest }): unknown => ({
      ...rest,
      minutes: Number(minutes),
      ...(rest.mode === 'change' && changeReason.trim() !== '' ? { changeReason } : {}),
      ...(isEmergency ? { isEmergency } : {}),
    })),
  ),
  NewSupportAccess,
);

/** Durations to choose from, in minutes, shortest first. */
export const durations = [30, 60, 120, 240, 480] as const;

const initialValues: Values = {
  ...{ reason: '', minutes: '60', mode: 'read', changeReason: '' },
  isEmergency: false,
};

interface Props {
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly stage: SupportStage;
  readonly onClose: () => void;
}

/** Asks for a reason, a duration, and whether changes are needed; then the organization opens. */
export function OpenDialog({ organizationId, name, stage, onClose }: Props) {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const beginAnew = useBeginAnew();
  const { form, sending } = useSendForm({
    initialValues,
    check: checkedBy(OpenForm),
    send: (values, key) =>
      api(supportAccessRoutes.openSupportAccess, {
        params: { organizationId },
        body: OpenForm.parse(values),
        key,
      }),
    onSent: async ({ state }) => {
      onClose();
      notify({ message: state === 'open' ? texts.opened(name) : texts.requested });
      await beginAnew(organizationId);
    },
  });
  const waits = stage === 'consented' && !form.values.isEmergency;
  return (
    <FormDialog
      title={texts.openTitle(name)}
      action={waits ? texts.request : texts.open}
      sending={sending}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {stage === 'consented' ? texts.consentText(name) : texts.openText(name)}
      </Text>
      <OpenFields form={form} stage={stage} />
    </FormDialog>
  );
}

function OpenFields({ form, stage }: { readonly form: Form<Values>; readonly stage: SupportStage }) {
  const { supportAccess: texts } = useTexts();
  return (
    <>
      <Textarea
        label={texts.reason}
        description={texts.reasonHint}
        required
        autosize
        minRows={2}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <NativeSelect
        label={texts.duration}
        data={durations.map((minutes) => ({ value: String(minutes), label: texts.durations(minutes) }))}
        {...form.getInputProps('minutes')}
      />
      <Radio.Group label={texts.mode} {...form.getInputProps('mode')}>
        <Stack gap="xs" mt={4}>
          {(['read', 'change'] as const).map((mode) => (
            <Radio key={mode} value={mode} label={texts.modes[mode]} description={texts.modeHints[mode]} />
          ))}
        </Stack>
      </Radio.Group>
      {form.values.mode === 'change' && (
        <Textarea
          label={texts.changeReason}
          required
          autosize
          minRows={2}
          {...form.getInputProps('changeReason')}
        />
      )}
      {stage === 'consented' && (
        <Checkbox
          label={texts.emergency}
          description={texts.emergencyHint}
          {...form.getInputProps('isEmergency', { type: 'checkbox' })}
        />
      )}
    </>
  );
}
