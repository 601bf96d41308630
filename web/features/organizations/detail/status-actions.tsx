import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Organization } from '../../../../domain/organization/profile.schema.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import { ConfirmTyped } from '../../../components/form/form-dialog.tsx';
import { ErrorNotice, notify } from '../../../components/notify.tsx';
import { useChange } from '../../../lib/change.ts';
import { useSession } from '../../../lib/session.tsx';
import { useTexts } from '../../../text/language.tsx';
import { organizationsKey } from '../queries.ts';
import { ReasonField } from './reason-field.tsx';

interface Props {
  readonly organization: Organization;
}

/** Suspends an organization, with the reason and its name typed. */
export function SuspendAction({ organization }: Props) {
  const { organizations } = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" maw={520}>
        {organizations.suspendText}
      </Text>
      <Button variant="default" onClick={open}>
        {organizations.suspend}
      </Button>
      {opened && <Suspend organization={organization} onClose={close} />}
    </Group>
  );
}

/** Serves a suspended organization again; says beside it why it is suspended. */
export function Reactivate({ organization: { id, name, inactiveReason } }: Props) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const reactivating = useChange({
    mutationFn: (_, key) =>
      api(organizationsRoutes.reactivateOrganization, { params: { organizationId: id }, key }),
    onSuccess: async () => {
      notify({ message: organizations.wasReactivated(name) });
      await queries.invalidateQueries({ queryKey: organizationsKey });
    },
  });
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">
        {inactiveReason === undefined
          ? organizations.suspended(name)
          : organizations.suspendedBecause(inactiveReason)}
      </Text>
      <Button variant="default" loading={reactivating.isPending} onClick={() => reactivating.mutate()}>
        {organizations.reactivate}
      </Button>
      <ErrorNotice error={reactivating.error} />
    </Group>
  );
}

function Suspend({ organization: { id, name }, onClose }: Props & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const suspending = useChange({
    mutationFn: (given: string, key) =>
      api(organizationsRoutes.deactivateOrganization, {
        params: { organizationId: id },
        body: { reason: given },
        key,
      }),
    onSuccess: async () => {
      onClose();
      notify({ message: organizations.wasSuspended(name) });
      await queries.invalidateQueries({ queryKey: organizationsKey });
    },
  });
  return (
    <ConfirmTyped
      title={organizations.suspendTitle(name)}
      name={name}
      label={organizations.typeName(name)}
      action={organizations.suspendNow}
      isComplete={reason.trim() !== ''}
      change={suspending}
      onConfirm={() => suspending.mutate(reason)}
      onClose={onClose}
    >
      <Stack gap="md">
        {organizations.suspendText}
        <ReasonField
          label={organizations.reason}
          hint={organizations.reasonHint}
          reason={reason}
          onChange={setReason}
        />
      </Stack>
    </ConfirmTyped>
  );
}
