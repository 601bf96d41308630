import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Loading } from '../components/states.tsx';
import { NoticePage } from '../features/session/notice-page.tsx';
import { closedWords, pendingWords } from '../features/session/reasons.ts';
import { ApiError } from '../lib/api-error.ts';
import { MemberProvider, meQuery } from '../lib/me.tsx';
import { useSession } from '../lib/session.tsx';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in: asks who is there, and shows their pages, or why there are none. */
export function SignedIn() {
  const { api, identity } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useQuery(meQuery(api));
  const signedOut = me.error instanceof ApiError && me.error.code === 'unauthenticated';
  useEffect(() => {
    if (signedOut) void navigate({ to: '/sign-in' });
  }, [signedOut, navigate]);
  const signOut = async () => {
    await identity.signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  const onSignOut = () => void signOut();
  if (me.data === undefined) {
    if (!me.isError || signedOut) return <Loading />;
    return <Unavailable error={me.error} onRetry={() => void me.refetch()} onSignOut={onSignOut} />;
  }
  if (me.data.status === 'pending') {
    const { title, text } = pendingWords[me.data.reason];
    return (
      <NoticePage title={title} onSignOut={onSignOut} onRetry={() => void me.refetch()}>
        {text}
      </NoticePage>
    );
  }
  return (
    <MemberProvider member={me.data}>
      <Shell onSignOut={onSignOut}>
        <Outlet />
      </Shell>
    </MemberProvider>
  );
}

interface UnavailableProps {
  readonly error: Error;
  readonly onRetry: () => void;
  readonly onSignOut: () => void;
}

function Unavailable({ error, onRetry, onSignOut }: UnavailableProps) {
  const { code, requestId } =
    error instanceof ApiError ? error : { code: 'unexpected', requestId: undefined };
  const { title, text } = closedWords[code] ?? { title: 'That didn’t work', text: error.message };
  return (
    <NoticePage title={title} requestId={requestId} onRetry={onRetry} onSignOut={onSignOut}>
      {text}
    </NoticePage>
  );
}
