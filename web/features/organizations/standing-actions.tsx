import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Organization } from '../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../functions/http/routes/organizations.routes.ts';
import { Failed } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { organizationsKey } from './queries.ts';

/** Suspends an organization, with the reason, or serves it again. */
export function StandingActions({
  organization: { id, name, status },
}: {
  readonly organization: Organization;
}) {
  const { api } = useSession();
  const queries = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const onSuccess = async () => {
    close();
    await queries.invalidateQueries({ queryKey: organizationsKey });
  };
  const params = { organizationId: id };
  const suspending = useMutation({
    mutationFn: () => api(organizationsRoutes.deactivateOrganization, { params, body: { reason } }),
    onSuccess,
  });
  const reactivating = useMutation({
    mutationFn: () => api(organizationsRoutes.reactivateOrganization, { params }),
    onSuccess,
  });
  if (status === 'inactive')
    return (
      <Stack gap="xs">
        <Button loading={reactivating.isPending} onClick={() => reactivating.mutate()}>
          Reactivate
        </Button>
        {reactivating.isError && <Failed error={reactivating.error} />}
      </Stack>
    );
  return (
    <>
      <Button variant="default" onClick={open}>
        Suspend…
      </Button>
      <Modal opened={opened} onClose={close} title={`Suspend ${name}?`} centered>
        <Stack gap="md">
          <Text size="sm">
            Its people are refused from their next request on. Nothing is deleted, and you can reactivate it
            at any time.
          </Text>
          <Textarea
            label="Reason"
            description="Read by super admins, and kept in the audit trail"
            required
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          {suspending.isError && <Failed error={suspending.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              color="red"
              disabled={reason.trim() === ''}
              loading={suspending.isPending}
              onClick={() => suspending.mutate()}
            >
              Suspend
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
