import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { Confirm } from '../../components/confirm.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { peopleKey } from './queries.ts';

interface Props {
  readonly invitation: Invitation;
  readonly organizationId: OrganizationId;
}

/** Sends an open invitation again, or takes it back. */
export function InvitationActions({ invitation, organizationId }: Props) {
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
          pending={revoking.isPending}
          error={revoking.error}
          onConfirm={() => revoking.mutate()}
          onClose={close}
        >
          {people.takeBackText}
        </Confirm>
      )}
    </Group>
  );
}
