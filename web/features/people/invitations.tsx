import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/routes/invitations.routes.ts';
import { RoleBadge } from '../../components/badges.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { Person } from '../../components/person.tsx';
import { Empty, Failed } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../lib/access.ts';
import { useSession } from '../../lib/session.tsx';
import { InviteForm } from './invite-form.tsx';
import { invitationsQuery, peopleKey } from './queries.ts';

const words: Readonly<Record<Invitation['status'], { readonly word: string; readonly colour: string }>> = {
  pending: { word: 'Open', colour: 'indigo' },
  accepted: { word: 'Accepted', colour: 'teal' },
  revoked: { word: 'Taken back', colour: 'gray' },
  expired: { word: 'Expired', colour: 'yellow' },
};

function Status({ status, delivery, deliveryProblem }: Invitation) {
  const { word, colour } = words[status];
  return (
    <Stack gap={0} align="flex-start">
      <Badge color={colour} variant="dot" tt="none" radius="sm">
        {word}
      </Badge>
      {status === 'pending' && delivery !== 'sent' && (
        <Text size="xs" c="dimmed">
          {delivery === 'queued' ? 'Not sent yet' : `Not sent: ${deliveryProblem ?? 'refused'}`}
        </Text>
      )}
    </Stack>
  );
}

/** An organization's invitations, newest first, and the form for the next. */
export function Invitations({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const may = useMay(organizationId);
  const query = useInfiniteQuery(invitationsQuery(api, organizationId));
  const columns: readonly Column<Invitation>[] = [
    { title: 'Person', cell: ({ name, email }) => <Person name={name} email={email} /> },
    { title: 'Role', cell: ({ role }) => <RoleBadge role={role} /> },
    { title: 'Status', cell: (invitation) => <Status {...invitation} /> },
    { title: 'Invited', cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      title: 'Actions',
      cell: (invitation) =>
        invitation.status === 'pending' || invitation.status === 'expired' ? (
          <OpenInvitation invitation={invitation} organizationId={organizationId} />
        ) : (
          '–'
        ),
    },
  ];
  return (
    <Stack gap="md">
      {may('create', 'Invitation') && <InviteForm organizationId={organizationId} />}
      <PagedList
        query={query}
        empty={<Empty title="Nobody is invited yet">Invite the first person with the form above.</Empty>}
      >
        {(items) => <DataTable label="Invitations" columns={columns} items={items} keyOf={({ id }) => id} />}
      </PagedList>
    </Stack>
  );
}

interface OpenInvitationProps {
  readonly invitation: Invitation;
  readonly organizationId: OrganizationId;
}

function OpenInvitation({ invitation: { id, name, revision }, organizationId }: OpenInvitationProps) {
  const { api } = useSession();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const params = { organizationId, invitationId: id };
  const onSettled = () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) });
  const resending = useMutation({
    mutationFn: () => api(invitationRoutes.resendInvitation, { params }),
    onSettled,
  });
  const revoking = useMutation({
    mutationFn: () => api(invitationRoutes.revokeInvitation, { params, revision }),
    onSuccess: close,
    onSettled,
  });
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-sm"
          variant="default"
          loading={resending.isPending}
          aria-label={`Send again to ${name}`}
          onClick={() => resending.mutate()}
        >
          Send again
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Take back… the invitation of ${name}`}
          onClick={open}
        >
          Take back…
        </Button>
      </Group>
      {resending.isError && <Failed error={resending.error} />}
      <Confirm
        opened={asking}
        title={`Take back the invitation of ${name}?`}
        action="Take back"
        pending={revoking.isPending}
        error={revoking.error}
        onConfirm={() => revoking.mutate()}
        onClose={close}
      >
        The link in the mail stops working, and the seat is free again. You can invite the same address anew.
      </Confirm>
    </Stack>
  );
}
