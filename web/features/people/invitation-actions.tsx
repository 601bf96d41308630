import { ActionIcon, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconMailX from '@tabler/icons-react/icons/IconMailX';
import IconSend from '@tabler/icons-react/icons/IconSend';
import { useQueryClient } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { Invitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { Confirm } from '../../components/form/form-dialog.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { type BulkAction, oneByOne } from '../../components/table/bulk-actions.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { peopleKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { isOpen } from './invitation-status.tsx';

interface Props {
  readonly invitation: Invitation;
  readonly organizationId: OrganizationId;
}

/** Resends or revokes a pending invitation. */
export function InvitationActions({ invitation, organizationId }: Props) {
  const { id, name, email, revision } = invitation;
  const { api } = useSession();
  const { people } = useTexts();
  const queries = useQueryClient();
  const may = useMay(organizationId);
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
  if (!isOpen(invitation) || !may('update', 'Invitation', invitation)) return null;
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        loading={resending.isPending}
        aria-label={people.sendAgainTo(name)}
        title={people.sendAgain}
        onClick={() => resending.mutate()}
      >
        <IconSend size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={people.takeBackOf(name)}
        title={people.takeBack}
        onClick={open}
      >
        <IconMailX size={16} aria-hidden />
      </ActionIcon>
      <ErrorNotice error={resending.error} />
      {asking && (
        <Confirm
          title={people.takeBackTitle(name)}
          action={people.takeBackNow}
          change={revoking}
          onClose={close}
        >
          {people.takeBackText}
        </Confirm>
      )}
    </Group>
  );
}

/** Resends or revokes several invitations, one after another. */
export function useInvitationBulk(organizationId: OrganizationId): readonly BulkAction<Invitation>[] {
  const { api } = useSession();
  const { people } = useTexts();
  const queries = useQueryClient();
  const may = useMay(organizationId);
  const mayDo = (action: 'update' | 'delete') => (invitation: Invitation) =>
    isOpen(invitation) && may(action, 'Invitation', invitation);
  const each = async (items: readonly Invitation[], act: (invitation: Invitation) => Promise<unknown>) => {
    const outcome = await oneByOne(items, act);
    await queries.invalidateQueries({ queryKey: peopleKey(organizationId) });
    return outcome;
  };
  const paramsOf = ({ id: invitationId }: Invitation) => ({ organizationId, invitationId });
  return [
    {
      id: 'resend',
      title: people.sendAgain,
      icon: <IconSend size={16} aria-hidden />,
      may: mayDo('update'),
      run: (items) =>
        each(items, (one) =>
          api(invitationRoutes.resendInvitation, { params: paramsOf(one), key: crypto.randomUUID() }),
        ),
    },
    {
      id: 'revoke',
      title: people.takeBack,
      icon: <IconMailX size={16} aria-hidden />,
      dangerous: true,
      may: mayDo('delete'),
      confirm: ({ length }) => ({
        title: people.takeBackAllTitle(length),
        text: people.takeBackAllText,
        action: people.takeBackAll(length),
      }),
      run: (items) =>
        each(items, (one) =>
          api(invitationRoutes.revokeInvitation, { params: paramsOf(one), revision: one.revision }),
        ),
    },
  ];
}
