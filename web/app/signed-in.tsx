import './signed-in-styles.ts';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { Loading } from '../components/loading.tsx';
import { NoticePage } from '../features/session/notice-page.tsx';
import { ApiError } from '../lib/api-error.ts';
import { MemberProvider, meQuery } from '../lib/me.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { SessionEnded } from './session-ended.tsx';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in: asks who is there, and shows their pages, or why there are none. */
export function SignedIn() {
  const { api, identity } = useSession();
  const { pending } = useTexts().session;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useQuery(meQuery(api));
  const signedOut =
    me.data === undefined && me.error instanceof ApiError && me.error.code === 'unauthenticated';
  const signOut = async () => {
    await identity.signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  const leave = useEffectEvent(signOut);
  useEffect(() => {
    if (signedOut) void leave();
  }, [signedOut]);
  const onSignOut = () => void signOut();
  const onRetry = () => void me.refetch();
  if (me.data === undefined) {
    if (!me.isError || signedOut) return <Loading />;
    return <Unavailable error={me.error} onRetry={onRetry} onSignOut={onSignOut} />;
  }
  if (me.data.status === 'pending') {
    const { title, text } = pending[me.data.reason];
    return (
      <NoticePage title={title} onSignOut={onSignOut} onRetry={onRetry}>
        {text}
      </NoticePage>
    );
  }
  return (
    <MemberProvider member={me.data}>
      <Notifications position="bottom-right" />
      <Shell onSignOut={onSignOut}>
        <Outlet />
      </Shell>
      <SessionEnded onSignedIn={() => void queries.invalidateQueries()} />
    </MemberProvider>
  );
}

interface UnavailableProps {
  readonly error: Error;
  readonly onRetry: () => void;
  readonly onSignOut: () => void;
}

function Unavailable({ error, onRetry, onSignOut }: UnavailableProps) {
  const { session, errors, server } = useTexts();
  const { code, requestId } =
    error instanceof ApiError ? error : { code: 'unexpected', requestId: undefined };
  const closed: Readonly<Record<string, { title: string; text: string }>> = session.closed;
  const { title, text } = closed[code] ?? { title: errors.fallbackTitle, text: server(error.message) };
  return (
    <NoticePage title={title} requestId={requestId} onRetry={onRetry} onSignOut={onSignOut}>
      {text}
    </NoticePage>
  );
}
