import { ClerkProvider, SignIn, UserProfile, useAuth, useReverification } from '@clerk/react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Identity } from './identity.ts';

type Auth = Pick<ReturnType<typeof useAuth>, 'getToken' | 'isSignedIn' | 'signOut'> & {
  readonly confirm: () => Promise<unknown>;
};

/** The response by which Clerk's hook recognizes that step-up authentication is required. */
const wish = {
  clerk_error: {
    type: 'forbidden',
    reason: 'reverification-error',
    metadata: { reverification: { level: 'second_factor', afterMinutes: 10 } },
  },
};

/**
 * Opens Clerk's reverification dialog. Resolves once the user has confirmed, rejects when they close it.
 * Clerk only offers this around a request, so the first call returns the hint and the second does nothing.
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

/** Gives code outside React access to tokens, and renders the app once Clerk has loaded. */
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
 * Clerk's sign-in form, also shown on top of a page in use. It never navigates, so no input is lost: its
 * steps are in the URL's hash, and external providers open in a popup.
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

/** Clerk would reload the page, even one in use. */
const stayLoaded = (to: string) => window.history.replaceState(window.history.state, '', to);

/** Identity by Clerk's React client, which owns the sign-in form, session and tokens. */
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
      // With a callback, Clerk doesn't redirect to a page of its own.
      await auth?.signOut(() => undefined);
    },
    async confirm() {
      await loaded;
      const confirmed = await auth?.confirm().then(
        () => true,
        () => false,
      );
      // Clerk's cached token predates the confirmation.
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
