import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { Confirm } from '../../components/form/form-dialog.tsx';
import { Day, RoleBadge, Time } from '../../components/labels.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePageSize } from '../../components/table/page-size.ts';
import { useChange } from '../../lib/change.ts';
import { useMay, useMayToSome, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { InviteForm } from './invite-form.tsx';
import { invitationsQuery, peopleKey } from './queries.ts';

export const InvitationsPage = () => (
  <Page title={useTexts().people.invitations}>
    <Invitations organizationId={useOrganization().id} />
  </Page>
);

const colours: Readonly<Record<Invitation['status'], string>> = {
  pending: 'brand',
  accepted: 'teal',
  revoked: 'gray',
  expired: 'yellow',
};

function Status({ status, delivery, deliveryProblem }: Invitation) {
  const { people } = useTexts();
  return (
    <Group gap={6} wrap="nowrap">
      <Badge color={colours[status]} variant="dot" tt="none" radius="sm">
        {people.states[status]}
      </Badge>
      {status === 'pending' && delivery !== 'sent' && (
        <Text size="xs" c="dimmed" truncate>
          {delivery === 'queued' ? people.notSentYet : people.notSent(deliveryProblem ?? '')}
        </Text>
      )}
    </Group>
  );
}

const isOpen = ({ status }: Invitation): boolean => status === 'pending' || status === 'expired';

const keyOf = ({ id }: Invitation) => id;

/** What the list shows of each invitation. */
function useInvitationColumns(organizationId: OrganizationId): readonly Column<Invitation>[] {
  const { people, common } = useTexts();
  const { date } = useFormats();
  const may = useMay(organizationId);
  const mayToSome = useMayToSome();
  const columns: readonly Column<Invitation>[] = [
    {
      id: 'name',
      title: people.person,
      cell: ({ name }) => <bdi>{name}</bdi>,
      text: ({ name }) => name,
      sort: ({ name }) => name,
    },
    {
      id: 'email',
      title: people.email,
      width: '1.4fr',
      cell: ({ email }) => email,
      sort: ({ email }) => email,
    },
    {
      id: 'role',
      title: people.role,
      width: 140,
      cell: ({ role }) => <RoleBadge role={role} />,
      phone: 'hidden',
      text: ({ role }) => common.roles[role],
      sort: ({ role }) => common.roles[role],
    },
    {
      id: 'status',
      title: people.status,
      phone: 'fact',
      cell: (invitation) => <Status {...invitation} />,
      text: ({ status }) => people.states[status],
      sort: ({ status }) => people.states[status],
    },
    {
      id: 'invited',
      title: people.invitedAt,
      width: 150,
      cell: ({ createdAt }) => <Time at={createdAt} />,
      text: ({ createdAt }) => date(createdAt),
      sort: ({ createdAt }) => createdAt,
    },
    {
      id: 'expires',
      title: people.expires,
      width: 130,
      cell: (invitation) => (isOpen(invitation) ? <Day at={invitation.expiresAt} /> : '–'),
      text: (invitation) => (isOpen(invitation) ? date(invitation.expiresAt) : ''),
      sort: (invitation) => (isOpen(invitation) ? invitation.expiresAt : null),
    },
  ];
  const actions: Column<Invitation> = {
    id: 'actions',
    title: common.actions,
    width: 170,
    actions: true,
    cell: (invitation) =>
      isOpen(invitation) && may('update', 'Invitation', invitation) ? (
        <InvitationActions invitation={invitation} organizationId={organizationId} />
      ) : null,
  };
  return mayToSome('update', 'Invitation') ? [...columns, actions] : columns;
}

/** An organization's invitations, newest first, and the form for the next. */
export function Invitations({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people } = useTexts();
  const mayToSome = useMayToSome();
  const pageSize = usePageSize();
  const query = useInfiniteQuery(invitationsQuery(api, organizationId, { limit: pageSize.rows }));
  const columns = useInvitationColumns(organizationId);
  return (
    <Stack gap="md">
      {mayToSome('create', 'Invitation') && <InviteForm organizationId={organizationId} />}
      <ListTable
        name="invitations"
        label={people.invitations}
        columns={columns}
        query={query}
        keyOf={keyOf}
        pageSize={pageSize}
        empty={<Empty title={people.nobodyInvited}>{people.nobodyInvitedText}</Empty>}
      />
    </Stack>
  );
}

interface Props {
  readonly invitation: Invitation;
  readonly organizationId: OrganizationId;
}

/** Sends an open invitation again, or takes it back. */
function InvitationActions({ invitation, organizationId }: Props) {
  const { id, name, email, revision } = invitation;
  const { api } = useSession();
  const { people } = useTexts();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const params = { organizationId, invitationId: id };
  const onSettled = () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) });
  const resending = useChange({
    mutationFn: (_, key) => api(invitationRoutes.resendInvitation, { params, key }),
    onSuccess: ({ delivery }) =>
      notify({ message: delivery === 'sent' ? people.invited(email) : people.kept(email) }),
    onSettled,
  });
  const revoking = useChange({
    mutationFn: () => api(invitationRoutes.revokeInvitation, { params, revision }),
    onSuccess: close,
    onSettled,
  });
  return (
    <Group gap="xs" justify="flex-end">
      <Button
        size="compact-sm"
        variant="default"
        loading={resending.isPending}
        aria-label={people.sendAgainTo(name)}
        onClick={() => resending.mutate()}
      >
        {people.sendAgain}
      </Button>
      <Button size="compact-sm" variant="default" aria-label={people.takeBackOf(name)} onClick={open}>
        {people.takeBack}
      </Button>
      <ErrorNotice error={resending.error} />
      {asking && (
        <Confirm
          title={people.takeBackTitle(name)}
          action={people.takeBackNow}
          change={revoking}
          onConfirm={() => revoking.mutate()}
          onClose={close}
        >
          {people.takeBackText}
        </Confirm>
      )}
    </Group>
  );
}
