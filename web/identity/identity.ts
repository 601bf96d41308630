import type { ReactNode } from 'react';

/** The identity provider: Clerk, or its stand-in in the local run. Pages only know this interface. */
export interface Identity {
  /** Whether a user is signed in. */
  signedIn(): Promise<boolean>;
  /** A session token that is valid for at least a few seconds, or null when no one is signed in. */
  token(): Promise<string | null>;
  signOut(): Promise<void>;
  /** Renders the sign-in form; calls back once a user has signed in. */
  renderSignIn(onSignedIn: () => void): ReactNode;
  /**
   * Asks the user to confirm their identity with every factor they have (step-up authentication). Resolves
   * to false if they decline; otherwise the next token carries the confirmation.
   */
  confirm(): Promise<boolean>;
  /** Renders the user's account settings: name, password, second factor, sessions. */
  renderAccount(): ReactNode;
  /** Wraps the whole app in the provider's own context. */
  wrap(app: ReactNode): ReactNode;
}
