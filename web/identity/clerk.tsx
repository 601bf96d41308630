import { ClerkProvider, SignIn, useAuth } from '@clerk/react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Identity } from './identity.ts';

type Auth = Pick<ReturnType<typeof useAuth>, 'getToken' | 'isSignedIn' | 'signOut'>;

/** Clerk, by its own React client: sign-in form, session and tokens are its own. */
export function clerk(publishableKey: string): Identity {
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  let auth: Auth | undefined;

  /** Lets the rest of the app ask for tokens outside of React, and shows the app once Clerk knows who is there. */
  function Bridge({ children }: { readonly children: ReactNode }) {
    const { isLoaded, isSignedIn, getToken, signOut } = useAuth();
    const [ready, setReady] = useState(false);
    useEffect(() => {
      if (!isLoaded) return;
      auth = { getToken, isSignedIn, signOut };
      resolve();
      setReady(true);
    }, [isLoaded, isSignedIn, getToken, signOut]);
    return ready ? children : null;
  }

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
    SignIn: () => <SignIn routing="hash" forceRedirectUrl="/" withSignUp={false} />,
    Root: ({ children }) => (
      <ClerkProvider publishableKey={publishableKey} afterSignOutUrl="/sign-in">
        <Bridge>{children}</Bridge>
      </ClerkProvider>
    ),
  };
}
