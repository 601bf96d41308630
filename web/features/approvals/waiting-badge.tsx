import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMember } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { openQuery, waitsFor } from './queries.ts';

/** The number of requests waiting for the user, shown in the menu. */
export function WaitingBadge() {
  const { api } = useSession();
  const { user } = useMember();
  const { approvals } = useTexts();
  const { data } = useQuery({ ...openQuery(api), ...usePolling() });
  const count = data?.items.filter((one) => waitsFor(one, user.userId)).length ?? 0;
  if (count === 0) return null;
  return (
    <>
      <Badge size="sm" ms="auto" aria-hidden>
        {count}
      </Badge>
      <span className="visually-hidden">{approvals.waiting(count)}</span>
    </>
  );
}
