import { Button, Group, Modal, NativeSelect, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { User } from '../../../domain/user/user.schema.ts';
import { userRoutes } from '../../../functions/http/routes/users.routes.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Failed } from '../../components/states.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { peopleKey } from './queries.ts';

/** Another role, or out: each asked for on its own. */
export function UserActions({ user }: { readonly user: User }) {
  const [changing, change] = useDisclosure(false);
  const [removing, remove] = useDisclosure(false);
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <Button size="compact-sm" variant="default" onClick={change.open} aria-label={`Role… of ${user.name}`}>
        Role…
      </Button>
      <Button size="compact-sm" variant="default" onClick={remove.open} aria-label={`Remove… ${user.name}`}>
        Remove…
      </Button>
      {changing && <ChangeRole user={user} onClose={change.close} />}
      {removing && <Remove user={user} onClose={remove.close} />}
    </Group>
  );
}

interface ActionProps {
  readonly user: User;
  readonly onClose: () => void;
}

function useUserMutation<Input>(user: User, run: (input: Input) => Promise<unknown>, onClose: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: onClose,
    // After a refusal too: what is shown may be what has changed meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: peopleKey(user.organizationId) }),
  });
}

function ChangeRole({ user, onClose }: ActionProps) {
  const { api } = useSession();
  const { roles } = useTexts().common;
  const { organizationId, userId, revision, name } = user;
  const [role, setRole] = useState<OrganizationRole>(
    z.catch(OrganizationRole, 'team_member').parse(user.role),
  );
  const changing = useUserMutation(
    user,
    (next: OrganizationRole) =>
      api(userRoutes.updateUser, {
        params: { organizationId, userId },
        body: { role: next },
        revision,
      }),
    onClose,
  );
  return (
    <Modal opened onClose={onClose} title={`Role of ${name}`} centered>
      <Stack gap="md">
        <NativeSelect
          label="Role"
          description="Holds from their next request on"
          data={OrganizationRole.options.map((value) => ({ value, label: roles[value] }))}
          value={role}
          onChange={({ currentTarget }) => setRole(OrganizationRole.parse(currentTarget.value))}
        />
        {changing.isError && <Failed error={changing.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={changing.isPending} onClick={() => changing.mutate(role)}>
            Change
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Remove({ user, onClose }: ActionProps) {
  const { api } = useSession();
  const { organizationId, userId, revision, name } = user;
  const removing = useUserMutation(
    user,
    () => api(userRoutes.removeUser, { params: { organizationId, userId }, revision }),
    onClose,
  );
  return (
    <Confirm
      opened
      title={`Remove ${name}?`}
      action="Remove"
      pending={removing.isPending}
      error={removing.error}
      onConfirm={() => removing.mutate(undefined)}
      onClose={onClose}
    >
      They are refused from their next request on. What they did stays in the audit trail.
    </Confirm>
  );
}
