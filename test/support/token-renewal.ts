/** A token is valid for a minute; half of that is left for a request on a busy machine. */
const goodFor = 30_000;

/**
 * Keeps users signed in throughout a test, like the browser's client, since tests aren't about time.
 * External tokens, and those of ended sessions, are unchanged.
 * @param ask a new token of a session
 */
export function tokenRenewal(ask: (sessionId: string) => Promise<string>) {
  const known = new Map<string, { readonly sessionId: string; latest: string; since: number }>();
  return {
    /** A session's first token. */
    async first(sessionId: string): Promise<string> {
      const since = Date.now();
      const token = await ask(sessionId);
      known.set(token, { sessionId, latest: token, since });
      return token;
    },
    /** The token to send instead. */
    async of(token: string): Promise<string> {
      const held = known.get(token);
      if (held !== undefined && Date.now() - held.since > goodFor) {
        const since = Date.now();
        held.latest = await ask(held.sessionId).catch(() => held.latest);
        held.since = since;
      }
      return held?.latest ?? token;
    },
  };
}
