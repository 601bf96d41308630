import { useQueryClient } from '@tanstack/react-query';
import type { User } from '../../../domain/user/profile.schema.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { peopleKey } from './queries.ts';

interface Props {
  readonly user: User;
  readonly onClose: () => void;
}

/** Asks, then removes a user. */
export function RemoveUser({ user: { organizationId, userId, revision, name }, onClose }: Props) {
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
    <Confirm
      title={people.removeTitle(name)}
      action={people.removeNow}
      pending={removing.isPending}
      error={removing.error}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      {people.removeText}
    </Confirm>
  );
}
