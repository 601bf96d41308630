import { createContext, type ReactNode, use } from 'react';
import type { Identity } from '../identity/identity.ts';
import { type CallApi, createApi } from './api.ts';

/** What every page reaches: the API, and who is signed in. */
export interface Session {
  readonly identity: Identity;
  readonly api: CallApi;
}

const SessionContext = createContext<Session | null>(null);

export const sessionOf = (identity: Identity): Session => ({
  identity,
  api: createApi(() => identity.token()),
});

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('There is no SessionProvider above.');
  return session;
}
