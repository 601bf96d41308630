import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { peopleKey } from './queries.ts';

interface Props {
  readonly user: User;
  readonly onClose: () => void;
}

const asMember = z.catch(OrganizationRole, 'team_member');

/** Gives a user another role. */
export function ChangeRole({ user, onClose }: Props) {
  const { api } = useSession();
  const { common, people } = useTexts();
  const queries = useQueryClient();
  const { organizationId, userId, revision, name } = user;
  const [role, setRole] = useState(asMember.parse(user.role));
  const changing = useChange({
    mutationFn: () =>
      api(userRoutes.updateUser, { params: { organizationId, userId }, body: { role }, revision }),
    onSuccess: onClose,
    // After a refusal too: what is shown may be what has changed meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
  });
  return (
    <FormDialog
      title={people.roleOf(name)}
      action={people.change}
      pending={changing.isPending}
      error={changing.error}
      onSubmit={() => changing.mutate()}
      onClose={onClose}
    >
      <NativeSelect
        label={people.role}
        description={people.fromNextRequest}
        data-autofocus
        data={OrganizationRole.options.map((value) => ({ value, label: common.roles[value] }))}
        value={role}
        onChange={({ currentTarget }) => setRole(asMember.parse(currentTarget.value))}
      />
    </FormDialog>
  );
}
