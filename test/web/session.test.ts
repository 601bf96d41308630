import { afterEach, describe, expect, it, vi } from 'vitest';
import { meRoutes } from '../../functions/http/me/routes.ts';
import { sessionOf } from '../../web/lib/session.tsx';

const identity = {
  signedIn: async () => true,
  token: async () => 'token',
  signOut: async () => undefined,
  renderSignIn: () => null,
  confirm: async () => false,
  renderAccount: () => null,
  wrap: () => null,
};

const refusal = () => Response.json({ title: 'Sign in again.', code: 'unauthenticated' }, { status: 401 });

/** A session whose requests are resolved by the test, oldest first. */
function pendingSession() {
  const answers: ((answer: Response) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((answer) => answers.push(answer)));
  const session = sessionOf(identity);
  const ask = () => session.api(meRoutes.getMe, {}).catch(() => undefined);
  const refuse = async (asked: Promise<unknown>) => {
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(0));
    answers.shift()?.(refusal());
    await asked;
  };
  return { session, ask, refuse };
}

describe('a session that ends', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is told once, however many requests are refused', async () => {
    const { session, ask, refuse } = pendingSession();
    const ended = vi.fn<() => void>();
    session.onEnded(ended);
    const [first, second] = [ask(), ask()];
    await refuse(first);
    await refuse(second);
    expect(ended).toHaveBeenCalledOnce();
  });

  it('ends no session that was begun after it, by a refusal that comes late', async () => {
    const { session, ask, refuse } = pendingSession();
    const stop = session.onEnded(() => stop());
    const [first, late] = [ask(), ask()];
    await refuse(first);
    const endedAgain = vi.fn<() => void>();
    session.onEnded(endedAgain);
    await refuse(late);
    expect(endedAgain).not.toHaveBeenCalled();
    await refuse(ask());
    expect(endedAgain).toHaveBeenCalledOnce();
  });
});
