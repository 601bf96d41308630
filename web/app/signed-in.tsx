import './signed-in.css';
import './print.css';
import '@mantine/notifications/styles.css';
import { Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { UserId } from '../../domain/ids.ts';
import { meRoutes } from '../../functions/http/me/routes.ts';
import { Brand } from '../components/brand.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Loading } from '../components/states.tsx';
import { ApiError } from '../lib/api-error.ts';
import { MemberProvider, meQuery, useMember } from '../lib/member.tsx';
import { signInAddress } from '../lib/own-addresses.ts';
import { forgetOwnChanges } from '../lib/own-changes.ts';
import { useSession } from '../lib/session.tsx';
import { forgetUnsaved } from '../lib/unsaved.ts';
import { VisitingMember } from '../lib/visit.tsx';
import { useTexts } from '../text/language.tsx';
import { said } from '../text/said.ts';
import { forgetRecentOrganizations } from './recent-organizations.ts';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in. Remounted, with an empty cache, for another user. */
export function SignedIn() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [beginnings, setBeginnings] = useState(0);
  const beginAnew = async () => {
    forget(queries);
    // Mounted components keep their data even after the cache is cleared.
    setBeginnings((before) => before + 1);
    await navigate({ to: '/' });
  };
  return <Visit key={beginnings} onOther={beginAnew} />;
}

/** Removes everything that one user has loaded or done, before the next one. */
function forget(queries: QueryClient): void {
  queries.clear();
  notifications.clean();
  forgetOwnChanges();
  forgetRecentOrganizations();
  forgetUnsaved();
}

/** Loads the signed-in user, and shows their pages or why there are none. */
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
    await navigate({ to: signInAddress });
  };
  const leave = useEffectEvent(signOut);
  useEffect(() => {
    if (signedOut) void leave();
  }, [signedOut]);
  const goOn = async (before: UserId) => {
    // Bypasses the cache: the answer decides whether cached data may be shown.
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
      <VisitingMember>
        <Notifications position="bottom-right" />
        <Shell onSignOut={onSignOut}>
          <Outlet />
        </Shell>
        <SessionEnded onSignedIn={goOn} />
      </VisitingMember>
    </MemberProvider>
  );
}

interface UnavailableProps {
  readonly error: Error;
  readonly onRetry: () => void;
  readonly onSignOut: () => void;
}

function Unavailable({ error, onRetry, onSignOut }: UnavailableProps) {
  const texts = useTexts();
  const { session, errors } = texts;
  const { code, requestId } =
    error instanceof ApiError ? error : { code: 'unexpected', requestId: undefined };
  const closed: Readonly<Record<string, { title: string; text: string }>> = session.closed;
  const { title, text } = closed[code] ?? { title: errors.fallbackTitle, text: said(texts, error) };
  return (
    <NoticePage title={title} requestId={requestId} onRetry={onRetry} onSignOut={onSignOut}>
      {text}
    </NoticePage>
  );
}

interface SessionEndedProps {
  /** Called after signing in again, with the user whose session had ended. */
  readonly onSignedIn: (before: UserId) => Promise<void>;
}

/** Asks the user to sign in again on top of the page when the session has ended, so that no input is lost. */
function SessionEnded({ onSignedIn }: SessionEndedProps) {
  const session = useSession();
  const { userId } = useMember().user;
  const { sessionEnded } = useTexts().shell;
  const [ended, setEnded] = useState<UserId | null>(null);
  useEffect(() => {
    if (ended !== null) return;
    // If the API rejects the session, it is over, whatever the browser still stores.
    const leave = () => session.identity.signOut().catch(() => undefined);
    const stop = session.onEnded(() => {
      // A further refusal adds nothing, and would end the session that starts after this one.
      stop();
      void leave().then(() => setEnded(userId));
    });
    return stop;
  }, [session, ended, userId]);
  if (ended === null) return null;
  const close = () => setEnded(null);
  return (
    <Dialog onClose={close} title={sessionEnded.title} above>
      <Stack gap="md">
        <Text size="sm">{sessionEnded.text}</Text>
        {/* Stays open until it is known which user has signed in. */}
        {session.identity.renderSignIn(() => void onSignedIn(ended).then(close))}
      </Stack>
    </Dialog>
  );
}

interface NoticeProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly requestId?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly onSignOut: () => void;
}

/** Explains why there is nothing to see after signing in, and what to do about it. */
function NoticePage({ title, children, requestId, onRetry, onSignOut }: NoticeProps) {
  const { common, shell } = useTexts();
  useEffect(() => {
    document.title = common.pageTitle(title);
  }, [title, common]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder radius="lg" p="xl" w="100%" maw={520}>
        <Stack gap="md" align="flex-start">
          <Brand />
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text>{children}</Text>
          {requestId !== undefined && (
            <Text size="xs" c="dimmed">
              {common.request(requestId)}
            </Text>
          )}
          {onRetry !== undefined && <Button onClick={onRetry}>{common.retry}</Button>}
          <Button variant="default" onClick={onSignOut}>
            {shell.signOut}
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}
