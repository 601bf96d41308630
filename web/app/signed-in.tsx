import './signed-in-styles.ts';
import { Notifications, notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.css';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import type { UserId } from '../../domain/ids.ts';
import { meRoutes } from '../../functions/http/me/routes.ts';
import { Loading } from '../components/loading.tsx';
import { NoticePage } from '../features/session/notice-page.tsx';
import { ApiError } from '../lib/api-error.ts';
import { MemberProvider, meQuery } from '../lib/me.tsx';
import { forgetOwnChanges } from '../lib/own-changes.ts';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';
import { SessionEnded } from './session-ended.tsx';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in; begun anew, with nothing of what was read before, for another person. */
export function SignedIn() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [beginnings, setBeginnings] = useState(0);
  const beginAnew = async () => {
    forget(queries);
    // What is mounted holds what it has read, whatever is forgotten.
    setBeginnings((before) => before + 1);
    await navigate({ to: '/' });
  };
  return <Visit key={beginnings} onOther={beginAnew} />;
}

/** Nothing that one person has read or done is there for the next. */
function forget(queries: QueryClient): void {
  queries.clear();
  notifications.clean();
  forgetOwnChanges();
}

/** Asks who is there, and shows their pages, or why there are none. */
function Visit({ onOther }: { readonly onOther: () => Promise<void> }) {
  const { api, identity } = useSession();
  const { pending } = useTexts().session;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useQuery(meQuery(api));
  const signedOut =
    me.data === undefined && me.error instanceof ApiError && me.error.code === 'unauthenticated';
  const signOut = async () => {
    await identity.signOut();
    forget(queries);
    await navigate({ to: '/sign-in' });
  };
  const leave = useEffectEvent(signOut);
  useEffect(() => {
    if (signedOut) void leave();
  }, [signedOut]);
  const goOn = async (before: UserId) => {
    // Not by way of what is remembered: who it is decides first whether that may be shown.
    const now = await api(meRoutes.getMe, {}).catch(() => null);
    if (now?.status === 'active' && now.user.userId === before) void queries.invalidateQueries();
    else await onOther();
  };
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
      <SessionEnded onSignedIn={goOn} />
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
