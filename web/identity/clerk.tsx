import { ClerkProvider, SignIn, useAuth } from '@clerk/react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Identity } from './identity.ts';

type Auth = Pick<ReturnType<typeof useAuth>, 'getToken' | 'isSignedIn' | 'signOut'>;

interface BridgeProps {
  readonly tell: (auth: Auth) => void;
  readonly children: ReactNode;
}

/** Lets the rest of the app ask for tokens outside of React, and shows the app once Clerk knows who is there. */
function Bridge({ tell, children }: BridgeProps) {
  const { isLoaded, isSignedIn, getToken, signOut } = useAuth();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!isLoaded) return;
    tell({ getToken, isSignedIn, signOut });
    setReady(true);
  }, [tell, isLoaded, isSignedIn, getToken, signOut]);
  return ready ? children : null;
}

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
      await auth?.signOut();
    },
    renderSignIn: () => <SignIn routing="hash" forceRedirectUrl="/" withSignUp={false} />,
    wrap: (app) => (
      <ClerkProvider publishableKey={publishableKey} afterSignOutUrl="/sign-in">
        <Bridge tell={tell}>{app}</Bridge>
      </ClerkProvider>
    ),
  };
}
