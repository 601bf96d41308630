import { NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type SupportAccess, SupportGrant } from '../../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { useSession } from '../../lib/session.tsx';
import { supportKey } from '../../lib/visit.tsx';
import { useTexts } from '../../text/language.tsx';
import { durations } from './open-dialog.tsx';

const GrantForm = z.pipe(
  z.pipe(
    z.object({ mode: z.string(), minutes: z.string() }),
    z.transform(({ mode, minutes }): unknown => ({ mode, minutes: Number(minutes) })),
  ),
  SupportGrant,
);

interface Props {
  readonly access: SupportAccess;
  readonly name: string;
  readonly onClose: () => void;
}

/** Grants what was asked for, or less of it. */
export function GrantDialog({ access, name, onClose }: Props) {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const queries = useQueryClient();
  const { id, organizationId, mode, minutes, changeReason } = access;
  const { form, sending } = useSendForm({
    initialValues: { mode, minutes: String(minutes) },
    check: checkedBy(GrantForm),
    send: (values, key) =>
      api(supportAccessRoutes.grantSupportAccess, {
        params: { organizationId, supportAccessId: id },
        body: GrantForm.parse(values),
        key,
      }),
    onSent: async () => {
      onClose();
      notify({ message: texts.granted(name) });
      await queries.invalidateQueries({ queryKey: supportKey(organizationId) });
    },
  });
  const shorter = [...durations.filter((one) => one < minutes), minutes];
  return (
    <FormDialog title={texts.grantTitle(name)} action={texts.grant} sending={sending} onClose={onClose}>
      <Text size="sm" c="dimmed">
        {texts.grantText}
      </Text>
      <NativeSelect
        label={texts.duration}
        data={shorter.map((one) => ({ value: String(one), label: texts.durations(one) }))}
        {...form.getInputProps('minutes')}
      />
      {mode === 'change' && (
        <Radio.Group label={texts.mode} description={changeReason} {...form.getInputProps('mode')}>
          <Stack gap="xs" mt={4}>
            {(['read', 'change'] as const).map((one) => (
              <Radio key={one} value={one} label={texts.modes[one]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </FormDialog>
  );
}
