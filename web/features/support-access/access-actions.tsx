import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { Confirm } from '../../components/form/form-dialog.tsx';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { supportKey } from '../../lib/visit.tsx';
import { useTexts } from '../../text/language.tsx';
import { GrantDialog } from './grant-dialog.tsx';

interface Props {
  readonly access: SupportAccess;
  readonly name: string;
}

/** What an admin does about somebody of the platform who is in, or asks to be. */
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
  const queries = useQueryClient();
  const say = useErrorNotice();
  const narrowing = useChange({
    mutationFn: (_: undefined, key) =>
      api(supportAccessRoutes.narrowSupportAccess, {
        params: { organizationId, supportAccessId: id },
        body: { mode: 'read' },
        key,
      }),
    onSuccess: () => notify({ message: texts.madeReadOnly }),
    onError: say,
    onSettled: () => queries.invalidateQueries({ queryKey: supportKey(organizationId) }),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={narrowing.isPending}
      onClick={() => narrowing.mutate(undefined)}
    >
      {texts.makeReadOnly}
    </Button>
  );
}

/** Asks before an access ends, or a request is declined. */
function EndDialog({ access, name, onClose }: Props & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const queries = useQueryClient();
  const { id, organizationId, state } = access;
  const waits = state === 'requested';
  const ending = useChange({
    mutationFn: (_: undefined, key) =>
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
      onConfirm={() => ending.mutate(undefined)}
      onClose={onClose}
    >
      {waits ? texts.declineText : texts.endText}
    </Confirm>
  );
}
