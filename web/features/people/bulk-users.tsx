import { NativeSelect, Text } from '@mantine/core';
import IconShield from '@tabler/icons-react/icons/IconShield';
import IconUserOff from '@tabler/icons-react/icons/IconUserOff';
import IconUserPlus from '@tabler/icons-react/icons/IconUserPlus';
import IconUserX from '@tabler/icons-react/icons/IconUserX';
import { useMemo, useState } from 'react';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import type { BulkAction } from '../../components/table/bulk-actions.tsx';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { AddAllToTeam } from './add-to-team.tsx';
import { EachOne, type EachOneProps } from './each-one.tsx';

const icon = { size: 16, 'aria-hidden': true } as const;

/**
 * An admin's bulk actions on users; the user themselves is excluded from actions that would lock them out.
 */
export function useUserBulkActions(organizationId: OrganizationId): readonly BulkAction<User>[] {
  const { people } = useTexts();
  const self = useMember().user.userId;
  const isAdmin = useMay(organizationId)('update', 'User');
  return useMemo(() => {
    if (!isAdmin) return [];
    const isOther = ({ userId }: User) => userId !== self;
    return [
      {
        id: 'team',
        title: people.profile.addToTeam,
        icon: <IconUserPlus {...icon} />,
        may: () => true,
        dialog: (asked) => <AddAllToTeam {...asked} />,
      },
      {
        id: 'role',
        title: people.changeRole,
        icon: <IconShield {...icon} />,
        may: isOther,
        dialog: (asked) => <ChangeRoles {...asked} />,
      },
      {
        id: 'deactivate',
        title: people.deactivate,
        icon: <IconUserOff {...icon} />,
        may: (user) => isOther(user) && user.status === 'active',
        dialog: (asked) => <DeactivateAll {...asked} />,
      },
      {
        id: 'remove',
        title: people.remove,
        icon: <IconUserX {...icon} />,
        dangerous: true,
        may: isOther,
        dialog: (asked) => <RemoveAll {...asked} />,
      },
    ];
  }, [people, self, isAdmin]);
}

const paramsOf = ({ organizationId, userId }: User) => ({ organizationId, userId });

/** A single user is named. */
function titleOf(
  [first, ...others]: readonly User[],
  ofOne: (name: string) => string,
  ofMany: (count: number) => string,
): string {
  return first !== undefined && others.length === 0 ? ofOne(first.name) : ofMany(others.length + 1);
}

function ChangeRoles(asked: EachOneProps) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const [role, setRole] = useState<OrganizationRole>('team_member');
  return (
    <EachOne
      {...asked}
      title={titleOf(asked.items, people.roleOf, people.profile.rolesTitle)}
      action={people.change}
      act={async (user) =>
        user.role === role
          ? user
          : await api(userRoutes.updateUser, {
              params: paramsOf(user),
              body: { role },
              revision: user.revision,
            })
      }
    >
      <NativeSelect
        label={people.role}
        description={people.profile.rolesText}
        data-autofocus
        value={role}
        data={OrganizationRole.options.map((value) => ({ value, label: common.roles[value] }))}
        onChange={({ currentTarget }) => setRole(OrganizationRole.parse(currentTarget.value))}
      />
    </EachOne>
  );
}

function DeactivateAll(asked: EachOneProps) {
  const { api } = useSession();
  const { people } = useTexts();
  return (
    <EachOne
      {...asked}
      title={titleOf(asked.items, people.profile.deactivateOne, people.profile.deactivateTitle)}
      action={people.deactivate}
      act={(user) =>
        api(userRoutes.updateUser, {
          params: paramsOf(user),
          body: { status: 'deactivated' },
          revision: user.revision,
        })
      }
    >
      <Text size="sm">{people.profile.deactivateText}</Text>
    </EachOne>
  );
}

function RemoveAll(asked: EachOneProps) {
  const { api } = useSession();
  const { people } = useTexts();
  return (
    <EachOne
      {...asked}
      title={titleOf(asked.items, people.removeTitle, people.profile.removeAllTitle)}
      action={people.profile.removeAll(asked.items.length)}
      destroys
      act={(user) => api(userRoutes.removeUser, { params: paramsOf(user), revision: user.revision })}
    >
      <Text size="sm">{people.profile.removeAllText}</Text>
    </EachOne>
  );
}
