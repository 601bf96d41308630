import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Confirm } from '../../components/form/form-dialog.tsx';
import { Day, Person, RoleBadge, Time } from '../../components/labels.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { PagedList } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useMayToSome, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
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
