import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';

interface Auth {
  readonly isLoaded: boolean;
  readonly isSignedIn: boolean | undefined;
  /** The user whose tokens the API accepts: from a session started in a test's form. */
  readonly isNew?: boolean;
}

let auth: Auth = { isLoaded: true, isSignedIn: true };
let go = (_to: string): unknown => undefined;
const listeners = new Set<() => void>();

/** Clerk's session state. */
export function setAuth(next: Auth): void {
  auth = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const getToken = async () => (auth.isNew === true ? 'new' : 'old');
const signOut = async (then?: () => unknown) => {
  setAuth({ isLoaded: true, isSignedIn: false });
  if (then === undefined) await go('/');
  else await then();
};

interface ProviderProps {
  readonly routerPush: (to: string) => unknown;
  readonly children: ReactNode;
}

function ClerkProvider({ routerPush, children }: ProviderProps) {
  useEffect(() => {
    go = routerPush;
  }, [routerPush]);
  return children;
}

/**
 * Clerk's two-step form, with the second step in the URL's hash. Like Clerk, it redirects before it reports
 * the session.
 */
function SignIn({ forceRedirectUrl }: { readonly forceRedirectUrl: string }) {
  const [second, setSecond] = useState(false);
  const finish = async () => {
    setAuth({ isLoaded: false, isSignedIn: undefined });
    await go(forceRedirectUrl);
    setAuth({ isLoaded: true, isSignedIn: true, isNew: true });
  };
  if (second)
    return (
      <>
        <input aria-label="Code" />
        <button type="button" onClick={() => void finish()}>
          Finish
        </button>
      </>
    );
  const next = () => {
    window.location.hash = '/factor-one';
    // Browsers set it; the simulated one doesn't.
    window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
    setSecond(true);
  };
  return (
    <button type="button" onClick={next}>
      Continue
    </button>
  );
}

const useAuth = () => ({ ...useSyncExternalStore(subscribe, () => auth), getToken, signOut });

/** The part of `@clerk/react` that the web app uses, without Clerk. */
const UserProfile = () => <p>Clerk’s own account page</p>;

/** Whether the user confirms in Clerk's dialog. */
let confirms = true;
export const setConfirms = (next: boolean) => {
  confirms = next;
};

/** Like Clerk's: repeats the request once the user has confirmed. */
const useReverification = (send: () => Promise<object | null>) => async () => {
  const first = await send();
  if (first === null || !('clerk_error' in first)) return first;
  if (!confirms) throw new Error('reverification_cancelled');
  return await send();
};

export const pretendedClerk = { ClerkProvider, SignIn, UserProfile, useAuth, useReverification };
