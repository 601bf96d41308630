import { ActionIcon, Button, Menu, NativeSelect } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconDots from '@tabler/icons-react/icons/IconDots';
import IconShield from '@tabler/icons-react/icons/IconShield';
import IconUserCheck from '@tabler/icons-react/icons/IconUserCheck';
import IconUserOff from '@tabler/icons-react/icons/IconUserOff';
import IconUserPlus from '@tabler/icons-react/icons/IconUserPlus';
import IconUserX from '@tabler/icons-react/icons/IconUserX';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import * as z from 'zod/mini';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { Confirm, FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { MenuItem } from '../../components/menu-item.tsx';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { peopleKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { AddToTeam } from './add-to-team.tsx';

type Status = User['status'];

/** An admin's actions on a user, in the last cell of the row. */
export const UserActions = ({ user }: { readonly user: User }) => (
  <UserMenu
    user={user}
    target={
      <ActionIcon variant="subtle" color="gray" aria-label={useTexts().people.actionsOf(user.name)}>
        <IconDots size={16} aria-hidden />
      </ActionIcon>
    }
  />
);

/** The same on the person's own page. */
export const UserActionsButton = ({ user }: { readonly user: User }) => (
  <UserMenu
    user={user}
    target={
      <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
        {useTexts().common.actions}
      </Button>
    }
  />
);

interface MenuProps {
  readonly user: User;
  /** The menu's trigger. */
  readonly target: ReactNode;
}

const icon = { size: 16, 'aria-hidden': true } as const;

/** Change role, add to a team, deactivate, remove. */
function UserMenu({ user, target }: MenuProps) {
  const { people } = useTexts();
  const [open, setOpen] = useState<'role' | 'team' | 'removal' | null>(null);
  const close = () => setOpen(null);
  const setStatus = useStatus(user);
  const isActive = user.status === 'active';
  const next: Status = isActive ? 'deactivated' : 'active';
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <MenuItem leftSection={<IconShield {...icon} />} onClick={() => setOpen('role')}>
            {people.changeRole}
          </MenuItem>
          <MenuItem leftSection={<IconUserPlus {...icon} />} onClick={() => setOpen('team')}>
            {people.profile.addToTeam}
          </MenuItem>
          <MenuItem
            leftSection={isActive ? <IconUserOff {...icon} /> : <IconUserCheck {...icon} />}
            onClick={() => setStatus.mutate({ status: next, revision: user.revision })}
          >
            {isActive ? people.deactivate : people.reactivate}
          </MenuItem>
          <Menu.Divider />
          <MenuItem color="red" leftSection={<IconUserX {...icon} />} onClick={() => setOpen('removal')}>
            {people.remove}
          </MenuItem>
        </Menu.Dropdown>
      </Menu>
      {open === 'role' && <ChangeRole user={user} onClose={close} />}
      {open === 'team' && <AddToTeam user={user} onClose={close} />}
      {open === 'removal' && <RemoveUser user={user} onClose={close} />}
    </>
  );
}

/** Deactivates or reactivates a user, and offers to undo it for a while. */
function useStatus({ organizationId, userId, name }: User) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const queries = useQueryClient();
  const params = { organizationId, userId };
  const mutation = useChange({
    // The undo is based on the current revision, so that other changes are kept.
    mutationFn: async ({ status, revision }: { status: Status; revision?: number }) =>
      api(userRoutes.updateUser, {
        params,
        body: { status },
        revision: revision ?? (await api(userRoutes.getUser, { params, query: {} })).revision,
      }),
    onSuccess: ({ status }) => {
      const back: Status = status === 'active' ? 'deactivated' : 'active';
      notify({
        message: status === 'active' ? people.wasReactivated(name) : people.wasDeactivated(name),
        undo: { title: common.undo, run: () => mutation.mutate({ status: back }) },
      });
    },
    // Under a filter, the row may be gone when the undo is refused.
    onError: useErrorNotice(),
    // Not awaited, so that undo is available meanwhile.
    onSettled: () => void queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
  });
  return mutation;
}

interface Props {
  readonly user: User;
  readonly onClose: () => void;
}

const RoleForm = z.object({ role: OrganizationRole });
const asMember = z.object({ role: z.catch(OrganizationRole, 'team_member') });

/** Changes a user's role. */
function ChangeRole({ user, onClose }: Props) {
  const { api } = useSession();
  const { common, people } = useTexts();
  const queries = useQueryClient();
  const { organizationId, userId, revision, name } = user;
  const { form, sending } = useSendForm({
    initialValues: asMember.parse(user),
    check: checkedBy(RoleForm),
    send: (values) =>
      api(userRoutes.updateUser, {
        params: { organizationId, userId },
        body: RoleForm.parse(values),
        revision,
      }),
    onSent: onClose,
    // Also after an error: what is shown may be out of date.
    onSettled: () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
  });
  return (
    <FormDialog title={people.roleOf(name)} action={people.change} sending={sending} onClose={onClose}>
      <NativeSelect
        label={people.role}
        description={people.fromNextRequest}
        data-autofocus
        data={OrganizationRole.options.map((value) => ({ value, label: common.roles[value] }))}
        {...form.getInputProps('role')}
      />
    </FormDialog>
  );
}

/** Removes a user after confirmation. */
function RemoveUser({ user: { organizationId, userId, revision, name }, onClose }: Props) {
  const { api } = useSession();
  const { people } = useTexts();
  const { list } = useFormats();
  const queries = useQueryClient();
  const removing = useChange({
    mutationFn: () => api(userRoutes.removeUser, { params: { organizationId, userId }, revision }),
    onSuccess: ({ needNewOwner: { teams, kpis } }) => {
      onClose();
      const things = [...teams, ...kpis].map((thing) => thing.name);
      notify({ message: people.removed(name) });
      if (things.length > 0) notify({ message: people.needNewOwner(list(things)) });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
  });
  return (
    <Confirm title={people.removeTitle(name)} action={people.removeNow} change={removing} onClose={onClose}>
      {people.removeText}
    </Confirm>
  );
}
