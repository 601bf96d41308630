import * as z from 'zod/mini';
import type { Identity } from './identity.ts';
import { StandInSignIn } from './stand-in-sign-in.tsx';

const client = z.object({
  people: z.array(
    z.object({ userId: z.string(), name: z.string(), email: z.string(), description: z.string() }),
  ),
  session: z.nullable(z.object({ userId: z.string() })),
});

const answer = z.object({ jwt: z.string() });
const lifetime = z.object({ exp: z.number() });

/** Seconds since the epoch until which a token is good. */
function expiryOf(jwt: string): number {
  const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  return lifetime.parse(JSON.parse(atob(payload))).exp;
}

const spareSeconds = 15;

/** The Clerk stand-in of the local run, below `url` on this origin. Its session is a cookie that no script can read. */
export function standIn(url: string): Identity {
  const post = (path: string, body?: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const read = async () => client.parse(await (await fetch(`${url}/client`)).json());
  let held: { readonly jwt: string; readonly expires: number } | null = null;

  return {
    signedIn: async () => (await read()).session !== null,
    async token() {
      if (held !== null && held.expires - Date.now() / 1000 > spareSeconds) return held.jwt;
      const response = await post('/client/token');
      if (!response.ok) return null;
      const { jwt } = answer.parse(await response.json());
      held = { jwt, expires: expiryOf(jwt) };
      return jwt;
    },
    async signOut() {
      held = null;
      await post('/client/sign-out');
    },
    renderSignIn: (onSignedIn) => (
      <StandInSignIn
        readPeople={async () => (await read()).people}
        signIn={async (userId) => {
          held = null;
          const response = await post('/client/sign-in', { userId });
          if (!response.ok) throw new Error('This person can’t sign in. Choose somebody else.');
          onSignedIn();
        }}
      />
    ),
    wrap: (app) => app,
  };
}
