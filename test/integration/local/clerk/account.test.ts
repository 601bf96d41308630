import { afterEach, beforeEach, expect, test } from 'vitest';
import { cookieOf, type Started, start } from './support/start.ts';

let clerk: Started;
beforeEach(async () => {
  clerk = await start();
});
afterEach(() => clerk.stop());

const accountOf = (cookie: string) => fetch(`${clerk.base}/client/account`, { headers: { cookie } });

async function signedIn(email: string) {
  const { data } = await clerk.client.users.getUserList({ emailAddress: [email] });
  const user = data[0] ?? (await clerk.client.users.createUser({ emailAddress: [email], firstName: 'Ada' }));
  return { id: user.id, cookie: cookieOf(await clerk.post('/client/sign-in', { userId: user.id })) };
}

test('shows somebody their account, and nobody without a session', async () => {
  const { cookie } = await signedIn('ada@example.com');
  expect(await (await accountOf(cookie)).json()).toMatchObject({
    name: 'Ada',
    email: 'ada@example.com',
    twoFactor: false,
    sessions: [{ isCurrent: true }],
  });
  expect((await accountOf('')).status).toBe(401);
});

test('switches the second factor on and off, as Clerk would tell of it', async () => {
  const { id, cookie } = await signedIn('ada@example.com');
  for (const enabled of [true, false]) {
    expect((await clerk.post('/client/second-factor', { enabled }, { cookie })).status).toBe(204);
    expect((await clerk.client.users.getUser(id)).twoFactorEnabled).toBe(enabled);
  }
  expect((await clerk.post('/client/second-factor', { enabled: true })).status).toBe(401);
});

test('ends one’s other session, and nobody else’s', async () => {
  const here = await signedIn('ada@example.com');
  const there = await signedIn('ada@example.com');
  const { sessions } = await (await accountOf(here.cookie)).json();
  const other = sessions.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
  const stranger = await signedIn('grace@example.com');
  const end = (cookie: string) =>
    clerk.post('/client/sessions/end', { sessionId: other.sessionId }, { cookie });
  expect((await end(stranger.cookie)).status).toBe(404);
  expect((await accountOf(there.cookie)).status).toBe(200);
  expect((await end(here.cookie)).status).toBe(204);
  expect((await accountOf(there.cookie)).status).toBe(401);
  expect((await accountOf(here.cookie)).status).toBe(200);
});
