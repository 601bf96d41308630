import type { ReactNode } from 'react';

/** Who is signed in, and how: Clerk, or the stand-in on one's own machine. Pages know this interface only. */
export interface Identity {
  /** Whether somebody is signed in now. */
  signedIn(): Promise<boolean>;
  /** A session token that is good for at least some seconds, or null when nobody is signed in. */
  token(): Promise<string | null>;
  signOut(): Promise<void>;
  /** The way in. Calls back when somebody has signed in. */
  renderSignIn(onSignedIn: () => void): ReactNode;
  /**
   * Asks the person to confirm that it is them, with every factor that they have; false when they don't. The
   * next token says so.
   */
  confirm(): Promise<boolean>;
  /** One's own account: name, password, second factor, sessions. */
  renderAccount(): ReactNode;
  /** What has to be around the whole app. */
  wrap(app: ReactNode): ReactNode;
}
