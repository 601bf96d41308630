import { ClerkProvider, SignIn, UserProfile, useAuth, useReverification } from '@clerk/react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Identity } from './identity.ts';

type Auth = Pick<ReturnType<typeof useAuth>, 'getToken' | 'isSignedIn' | 'signOut'> & {
  readonly confirm: () => Promise<unknown>;
};

/** What Clerk's hook takes for the server's wish that somebody confirm that it is them. */
const wish = {
  clerk_error: {
    type: 'forbidden',
    reason: 'reverification-error',
    metadata: { reverification: { level: 'second_factor', afterMinutes: 10 } },
  },
};

/**
 * Opens Clerk's own dialog and resolves once the person has confirmed; rejects when they close it. Clerk
 * offers it around a request only: here the request is the wish itself, and then nothing.
 */
function useConfirmation(): () => Promise<unknown> {
  const isAsked = useRef(false);
  const ask = useReverification(async () => {
    isAsked.current = !isAsked.current;
    return isAsked.current ? wish : null;
  });
  return async () => {
    isAsked.current = false;
    return await ask();
  };
}

interface BridgeProps {
  readonly tell: (auth: Auth) => void;
  readonly children: ReactNode;
}

/**
 * Lets the rest of the app ask for tokens outside of React, and shows the app once Clerk knows who is there.
 */
function Bridge({ tell, children }: BridgeProps) {
  const { isLoaded, isSignedIn, getToken, signOut } = useAuth();
  const confirmNow = useConfirmation();
  const confirm = useEffectEvent(confirmNow);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!isLoaded) return;
    tell({ getToken, isSignedIn, signOut, confirm: () => confirm() });
    setReady(true);
  }, [tell, isLoaded, isSignedIn, getToken, signOut]);
  return ready ? children : null;
}

/**
 * Clerk's form wherever it is shown, also over a page in which somebody is working: it leads nowhere, so that
 * nothing typed is lost. Its steps are in the address's hash, and a provider's own page (Google's, say) opens
 * in a window beside.
 */
function SignInForm({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { isSignedIn } = useAuth();
  const tell = useEffectEvent(onSignedIn);
  useEffect(() => {
    if (isSignedIn === true) tell();
  }, [isSignedIn]);
  const { pathname, search } = window.location;
  return (
    <SignIn routing="hash" oauthFlow="popup" forceRedirectUrl={`${pathname}${search}`} withSignUp={false} />
  );
}

/** Clerk would load the page anew, even that on which somebody is. */
const stayLoaded = (to: string) => window.history.replaceState(window.history.state, '', to);

/** Clerk, by its own React client: sign-in form, session and tokens are its own. */
export function clerk(publishableKey: string): Identity {
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  let auth: Auth | undefined;
  const tell = (told: Auth) => {
    auth = told;
    resolve();
  };
  return {
    async signedIn() {
      await loaded;
      return auth?.isSignedIn === true;
    },
    async token() {
      await loaded;
      return (await auth?.getToken()) ?? null;
    },
    async signOut() {
      // With something to call, Clerk doesn't go on to a page of its own choice.
      await auth?.signOut(() => undefined);
    },
    async confirm() {
      await loaded;
      const confirmed = await auth?.confirm().then(
        () => true,
        () => false,
      );
      // The token that Clerk still holds tells of the time before.
      if (confirmed === true) await auth?.getToken({ skipCache: true });
      return confirmed === true;
    },
    renderSignIn: (onSignedIn) => <SignInForm onSignedIn={onSignedIn} />,
    renderAccount: () => <UserProfile routing="hash" />,
    wrap: (app) => (
      <ClerkProvider publishableKey={publishableKey} routerPush={stayLoaded} routerReplace={stayLoaded}>
        <Bridge tell={tell}>{app}</Bridge>
      </ClerkProvider>
    ),
  };
}
