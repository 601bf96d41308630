import { createContext, type ReactNode, use } from 'react';
import * as z from 'zod/mini';
import type { Identity } from '../identity/identity.ts';
import { type CallApi, type CallFile, createApi, createFileApi } from './api.ts';
import { ApiError } from './api-error.ts';
import { rememberOwnChange } from './own-changes.ts';

/** What every page can access: the API and the signed-in user. */
export interface Session {
  readonly identity: Identity;
  readonly api: CallApi;
  /** API routes that return files. */
  readonly file: CallFile;
  /**
   * Calls the listener when the API reports that the session has ended. Returns a function that stops this.
   */
  onEnded(listener: () => void): () => void;
}

const SessionContext = createContext<Session | null>(null);

/** The organization id in a request's path. */
const organizationIn = (params: unknown): string =>
  z.catch(z.object({ organizationId: z.string() }), { organizationId: '' }).parse(params).organizationId;

export function sessionOf(identity: Identity): Session {
  const listeners = new Set<() => void>();
  const token = () => identity.token();
  const call = createApi(token);
  const callFile = createFileApi(token);
  // Counts ended sessions: a refusal that arrives late belongs to a session that has already ended.
  let endings = 0;
  const noticingEnd = async <Answer,>(answer: Promise<Answer>): Promise<Answer> => {
    const begun = endings;
    return await answer.catch((error: unknown) => {
      const isOver = error instanceof ApiError && error.code === 'unauthenticated';
      if (isOver && begun === endings) {
        endings += 1;
        for (const listener of listeners) listener();
      }
      throw error;
    });
  };
  /** Retries a request after step-up authentication, if the server asks for it. */
  const confirming = async <Answer,>(send: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await send();
    } catch (error) {
      const isWanted = error instanceof ApiError && error.code === 'reverification_required';
      if (!isWanted || !(await identity.confirm())) throw error;
      return await send();
    }
  };
  return {
    identity,
    api: async (route, input) => {
      const answer = await noticingEnd(confirming(() => call(route, input)));
      if (route.method !== 'GET') rememberOwnChange(answer, organizationIn(input.params));
      return answer;
    },
    file: (route, input) => noticingEnd(callFile(route, input)),
    onEnded(listener) {
      // A listener added after a session has ended only hears about later sessions.
      if (endings > 0) endings += 1;
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('There is no SessionProvider above.');
  return session;
}
