import { Button, Group, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { type SupportAccess, SupportGrant } from '../../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { Confirm, FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify } from '../../components/notify.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useMember } from '../../lib/member.tsx';
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

interface GrantDialogProps {
  readonly access: SupportAccess;
  readonly name: string;
  readonly onClose: () => void;
}

/** Grants the requested access, or less of it. */
function GrantDialog({ access, name, onClose }: GrantDialogProps) {
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

interface Props {
  readonly access: SupportAccess;
  readonly name: string;
}

/** An admin's actions on a support access that is open or requested. */
export function AccessActions({ access, name }: Props) {
  const { supportAccess: texts } = useTexts();
  const { userId } = useMember().user;
  const may = useMay(access.organizationId);
  const [shown, show] = useState<'grant' | 'end' | null>(null);
  const close = () => show(null);
  const { state, mode, operator } = access;
  const isOwn = operator.id === userId;
  const waits = state === 'requested';
  if (!(waits || state === 'open')) return null;
  return (
    <Group gap="xs">
      {waits && may('create', 'SupportConsent') && (
        <Button size="compact-sm" onClick={() => show('grant')}>
          {texts.grant}
        </Button>
      )}
      {!waits && mode === 'change' && may('update', 'SupportConsent') && <MakeReadOnly access={access} />}
      {(isOwn || may('create', 'SupportConsent')) && (
        <Button size="compact-sm" variant="default" onClick={() => show('end')}>
          {waits ? texts.decline : texts.end}
        </Button>
      )}
      {shown === 'grant' && <GrantDialog access={access} name={name} onClose={close} />}
      {shown === 'end' && <EndDialog access={access} name={name} onClose={close} />}
    </Group>
  );
}

function MakeReadOnly({ access: { id, organizationId } }: { readonly access: SupportAccess }) {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const params = { organizationId, supportAccessId: id };
  return (
    <SendButton
      size="compact-sm"
      send={(key) => api(supportAccessRoutes.narrowSupportAccess, { params, body: { mode: 'read' }, key })}
      says={() => texts.madeReadOnly}
      reloads={supportKey(organizationId)}
    >
      {texts.makeReadOnly}
    </SendButton>
  );
}

/** Confirms ending an access or declining a request. */
function EndDialog({ access, name, onClose }: Props & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const queries = useQueryClient();
  const { id, organizationId, state } = access;
  const waits = state === 'requested';
  const ending = useChange({
    mutationFn: (_, key) =>
      api(supportAccessRoutes.endSupportAccess, {
        params: { organizationId, supportAccessId: id },
        key,
      }),
    onSuccess: () => {
      notify({ message: waits ? texts.declined : texts.ended });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: supportKey(organizationId) }),
  });
  return (
    <Confirm
      title={waits ? texts.declineTitle(name) : texts.endTitle(name)}
      action={waits ? texts.decline : texts.end}
      change={ending}
      onClose={onClose}
    >
      {waits ? texts.declineText : texts.endText}
    </Confirm>
  );
}
