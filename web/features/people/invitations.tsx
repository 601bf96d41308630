import { Badge, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { RoleBadge } from '../../components/badges.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { Person } from '../../components/person.tsx';
import { Empty } from '../../components/states.tsx';
import { Day, Time } from '../../components/time.tsx';
import { useMay, useMayToSome } from '../../lib/access.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { InvitationActions } from './invitation-actions.tsx';
import { InviteForm } from './invite-form.tsx';
import { invitationsQuery } from './queries.ts';

const colours: Readonly<Record<Invitation['status'], string>> = {
  pending: 'indigo',
  accepted: 'teal',
  revoked: 'gray',
  expired: 'yellow',
};

function Status({ status, delivery, deliveryProblem }: Invitation) {
  const { people } = useTexts();
  return (
    <Stack gap={0} align="flex-start">
      <Badge color={colours[status]} variant="dot" tt="none" radius="sm">
        {people.states[status]}
      </Badge>
      {status === 'pending' && delivery !== 'sent' && (
        <Text size="xs" c="dimmed">
          {delivery === 'queued' ? people.notSentYet : people.notSent(deliveryProblem ?? '')}
        </Text>
      )}
    </Stack>
  );
}

const isOpen = ({ status }: Invitation): boolean => status === 'pending' || status === 'expired';

/** An organization's invitations, newest first, and the form for the next. */
export function Invitations({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const may = useMay(organizationId);
  const mayToSome = useMayToSome();
  const query = useInfiniteQuery(invitationsQuery(api, organizationId));
  const columns: readonly Column<Invitation>[] = [
    { title: people.person, cell: ({ name, email }) => <Person name={name} email={email} /> },
    { title: people.role, cell: ({ role }) => <RoleBadge role={role} /> },
    { title: people.status, cell: (invitation) => <Status {...invitation} /> },
    { title: people.invitedAt, cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      title: people.expires,
      cell: (invitation) => (isOpen(invitation) ? <Day at={invitation.expiresAt} /> : '–'),
    },
  ];
  const actions: Column<Invitation> = {
    title: common.actions,
    cell: (invitation) =>
      isOpen(invitation) && may('update', 'Invitation', invitation) ? (
        <InvitationActions invitation={invitation} organizationId={organizationId} />
      ) : (
        '–'
      ),
  };
  return (
    <Stack gap="md">
      {mayToSome('create', 'Invitation') && <InviteForm organizationId={organizationId} />}
      <PagedList query={query} empty={<Empty title={people.nobodyInvited}>{people.nobodyInvitedText}</Empty>}>
        {(items) => (
          <DataTable
            label={people.invitations}
            columns={mayToSome('update', 'Invitation') ? [...columns, actions] : columns}
            items={items}
            keyOf={({ id }) => id}
          />
        )}
      </PagedList>
    </Stack>
  );
}
