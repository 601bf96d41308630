import { afterEach, beforeEach, expect, test } from 'vitest';
import { cookieOf, type Started, start } from './support/start.ts';

let clerk: Started;
beforeEach(async () => {
  clerk = await start();
});
afterEach(() => clerk.stop());

const clientOf = async (cookie: string) =>
  (await fetch(`${clerk.base}/client`, { headers: { cookie } })).json();

test('shows who can sign in, signs them in with a click, and out', async () => {
  const { id } = await clerk.client.users.createUser({
    emailAddress: ['ada@example.com'],
    firstName: 'Ada',
    privateMetadata: { description: 'Super admin of the platform' },
  });
  const person = {
    userId: id,
    name: 'Ada',
    email: 'ada@example.com',
    description: 'Super admin of the platform',
  };
  expect(await clientOf('')).toEqual({ people: [person], session: null });

  const signedIn = await clerk.post('/client/sign-in', { userId: id });
  expect(signedIn.status).toBe(204);
  const cookie = cookieOf(signedIn);
  expect(await clientOf(cookie)).toMatchObject({ session: { userId: id, sessionId: expect.any(String) } });
  expect((await clerk.post('/client/token', {}, { cookie })).status).toBe(200);

  const signedOut = await clerk.post('/client/sign-out', {}, { cookie });
  expect([signedOut.status, signedOut.headers.get('set-cookie')]).toEqual([
    204,
    expect.stringContaining('Max-Age=0'),
  ]);
  expect(await clientOf(cookie)).toMatchObject({ session: null });
  expect((await clerk.post('/client/token', {}, { cookie })).status).toBe(401);
});

test('ends the session of a browser that signs in as someone else', async () => {
  const [ada, grace] = await Promise.all(
    ['ada@example.com', 'grace@example.com'].map((email) =>
      clerk.client.users.createUser({ emailAddress: [email] }),
    ),
  );
  const first = cookieOf(await clerk.post('/client/sign-in', { userId: ada?.id }));
  const second = cookieOf(await clerk.post('/client/sign-in', { userId: grace?.id }, { cookie: first }));
  expect(await clientOf(first)).toMatchObject({ session: null });
  expect(await clientOf(second)).toMatchObject({ session: { userId: grace?.id } });
});

test('signs nobody in who is deleted, banned, or has not verified the address', async () => {
  const { users } = clerk.client;
  const gone = await users.createUser({ emailAddress: ['gone@example.com'] });
  await users.deleteUser(gone.id);
  const banned = await users.createUser({ emailAddress: ['banned@example.com'], banned: true });
  const unverified = await users.createUser({
    emailAddress: ['new@example.com'],
    emailAddressIdentificationStatus: ['reserved'],
  });
  const statuses = [gone, banned, unverified].map(
    async ({ id }) => (await clerk.post('/client/sign-in', { userId: id })).status,
  );
  expect(await Promise.all(statuses)).toEqual([404, 403, 403]);
  expect(await clientOf('')).toMatchObject({ people: [] });
  await expect(clerk.client.sessions.createSession({ userId: unverified.id })).rejects.toMatchObject({
    status: 403,
  });
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of localhost', { 'sec-fetch-site': 'same-site' }],
])('refuses what a page of %s sends', async (_, headers) => {
  for (const path of [
    '/client/sign-in',
    '/client/sign-out',
    '/client/token',
    '/controls',
    '/invitations/accept',
  ])
    expect((await clerk.post(path, {}, headers)).status, path).toBe(403);
});
