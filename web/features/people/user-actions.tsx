import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import type { User } from '../../../domain/user/profile.schema.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { MenuItem } from '../../components/menu-item.tsx';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { ChangeRole } from './change-role.tsx';
import { peopleKey } from './queries.ts';
import { RemoveUser } from './remove-user.tsx';

type Status = User['status'];

/** What an admin may do with one user: another role, a pause, or out. */
export function UserActions({ user }: { readonly user: User }) {
  const { people } = useTexts();
  const [changing, change] = useDisclosure(false);
  const [removing, remove] = useDisclosure(false);
  const setStatus = useStatus(user);
  const next: Status = user.status === 'active' ? 'deactivated' : 'active';
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label={people.actionsOf(user.name)}>
            <span aria-hidden>⋯</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuItem onClick={change.open}>{people.changeRole}</MenuItem>
          <MenuItem onClick={() => setStatus.mutate({ status: next, revision: user.revision })}>
            {user.status === 'active' ? people.deactivate : people.reactivate}
          </MenuItem>
          <Menu.Divider />
          <MenuItem color="red" onClick={remove.open}>
            {people.remove}
          </MenuItem>
        </Menu.Dropdown>
      </Menu>
      {changing && <ChangeRole user={user} onClose={change.close} />}
      {removing && <RemoveUser user={user} onClose={remove.close} />}
    </>
  );
}

/** Deactivates or reactivates, and offers the way back for a while. */
function useStatus({ organizationId, userId, name }: User) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const queries = useQueryClient();
  const params = { organizationId, userId };
  const mutation = useChange({
    // The way back is from how they are by then: another change of theirs stays.
    mutationFn: async ({ status, revision }: { status: Status; revision?: number }) =>
      api(userRoutes.updateUser, {
        params,
        body: { status },
        revision: revision ?? (await api(userRoutes.getUser, { params })).revision,
      }),
    onSuccess: ({ status }) => {
      const back: Status = status === 'active' ? 'deactivated' : 'active';
      notify({
        message: status === 'active' ? people.wasReactivated(name) : people.wasDeactivated(name),
        undo: { title: common.undo, run: () => mutation.mutate({ status: back }) },
      });
    },
    // Under a filter the row is gone by the time the way back is refused.
    onError: useErrorNotice(),
    // Not waited for: the way back is open meanwhile.
    onSettled: () => void queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
  });
  return mutation;
}
