import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Started, secretKey, start } from './support/start.ts';

let clerk: Started;
beforeEach(async () => {
  clerk = await start();
});
afterEach(() => clerk.stop());

const makeUser = (email: string, firstName = 'Ada') =>
  clerk.client.users.createUser({ emailAddress: [email], firstName, lastName: 'Lovelace' });

test("makes, finds, changes and deletes users for Clerk's own client", async () => {
  const { users } = clerk.client;
  const made = await makeUser('Ada@Example.com');
  expect(made.primaryEmailAddress?.emailAddress).toBe('ada@example.com');
  expect((await users.getUser(made.id)).fullName).toBe('Ada Lovelace');
  expect((await users.updateUser(made.id, { firstName: 'Augusta' })).firstName).toBe('Augusta');
  expect(await users.deleteUser(made.id)).toMatchObject({ id: made.id, deleted: true });
  await expect(users.getUser(made.id)).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 'resource_not_found' }],
  });
});

test('lists users by page, newest first, and by address, id and words', async () => {
  const { users } = clerk.client;
  const [first, second, third] = [
    await makeUser('one@example.com', 'One'),
    await makeUser('two@example.com', 'Two'),
    await makeUser('three@example.com', 'Three'),
  ];
  const ids = async (query: Parameters<typeof users.getUserList>[0]) =>
    (await users.getUserList(query)).data.map(({ id }) => id);
  expect(await ids({})).toEqual([third.id, second.id, first.id]);
  expect(await ids({ limit: 1, offset: 1 })).toEqual([second.id]);
  expect(await ids({ orderBy: '+created_at', limit: 2 })).toEqual([first.id, second.id]);
  expect(await ids({ emailAddress: ['TWO@example.com', 'one@example.com'] })).toEqual([second.id, first.id]);
  expect(await ids({ userId: [third.id] })).toEqual([third.id]);
  expect(await ids({ query: 'two love' })).toEqual([second.id]);
  expect((await users.getUserList({ limit: 1 })).totalCount).toBe(3);
  expect(await users.getCount({ query: 'three@' })).toBe(1);
});

test('merges metadata at every depth, and null deletes', async () => {
  const { users } = clerk.client;
  const { id } = await makeUser('ada@example.com');
  await users.updateUserMetadata(id, {
    publicMetadata: { organizationId: 'org_1', plan: { name: 'a', seats: 1 } },
  });
  const { publicMetadata, updatedAt } = await users.updateUserMetadata(id, {
    publicMetadata: { organizationId: null, plan: { seats: 2 } },
  });
  expect(publicMetadata).toEqual({ plan: { name: 'a', seats: 2 } });
  expect((await users.updateUserMetadata(id, { publicMetadata: {} })).updatedAt).toBeGreaterThan(updatedAt);
});

test('refuses a second user with the same address', async () => {
  await makeUser('ada@example.com');
  await expect(makeUser('ADA@example.com')).rejects.toMatchObject({
    status: 422,
    errors: [{ code: 'form_identifier_exists', meta: { paramName: 'email_address' } }],
  });
});

test('gives a session tokens that its published keys verify', async () => {
  const { users, sessions } = clerk.client;
  const { id } = await makeUser('ada@example.com');
  await users.updateUserMetadata(id, { publicMetadata: { organizationId: 'org_1', invitationId: 'inv_1' } });
  const session = await sessions.createSession({ userId: id });
  const { jwt } = await sessions.getToken(session.id);
  const keys = createRemoteJWKSet(new URL(`${clerk.base}/.well-known/jwks.json`));
  const { payload, protectedHeader } = await jwtVerify(jwt, keys, { issuer: clerk.base });
  expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.stringMatching(/^ins_/) });
  expect(payload).toMatchObject({
    v: 2,
    sub: id,
    sid: session.id,
    azp: clerk.origin,
    sts: 'active',
    fva: [0, -1],
    organizationId: 'org_1',
    invitationId: 'inv_1',
    email: 'ada@example.com',
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  expect((await clerk.client.jwks.getJwks()).keys).toHaveLength(1);
});

test('gives no token once the session is revoked or its user is gone', async () => {
  const { users, sessions } = clerk.client;
  const { id } = await makeUser('ada@example.com');
  const revoked = await sessions.createSession({ userId: id });
  expect((await sessions.revokeSession(revoked.id)).status).toBe('revoked');
  await expect(sessions.getToken(revoked.id)).rejects.toMatchObject({ status: 404 });
  const orphaned = await sessions.createSession({ userId: id });
  await users.deleteUser(id);
  expect((await sessions.getSession(orphaned.id)).status).toBe('removed');
  await expect(sessions.getToken(orphaned.id)).rejects.toMatchObject({ status: 404 });
});

test('refuses the Backend API without its secret key', async () => {
  const call = (headers: Readonly<Record<string, string>>) => fetch(`${clerk.base}/v1/users`, { headers });
  expect((await call({})).status).toBe(401);
  const wrong = await call({ authorization: 'Bearer sk_test_another' });
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({ errors: [{ code: 'clerk_key_invalid' }] });
});

test("answers what it doesn't have with Clerk's error body", async () => {
  const headers = { authorization: `Bearer ${secretKey}` };
  const unknown = await fetch(`${clerk.base}/v1/organizations`, { headers });
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get('content-type')).toBe('application/json');
  expect(await unknown.json()).toEqual({
    errors: [
      {
        code: 'resource_not_found',
        message: 'not found',
        long_message: 'The Clerk stand-in has no GET /v1/organizations.',
        meta: {},
      },
    ],
  });
});

test('refuses parameters that are unknown, missing or malformed, and bodies that are not JSON', async () => {
  const headers = { authorization: `Bearer ${secretKey}` };
  const codeOf = async (body: unknown) => (await clerk.post('/v1/users', body, headers)).json();
  expect(await codeOf({ email_address: ['a@b.co'], role: 'admin' })).toMatchObject({
    errors: [{ code: 'form_param_unknown', meta: { param_name: 'role' } }],
  });
  expect(await codeOf({})).toMatchObject({ errors: [{ code: 'form_param_missing' }] });
  expect(await codeOf({ email_address: ['nobody'] })).toMatchObject({
    errors: [{ code: 'form_param_format_invalid' }],
  });
  const broken = await fetch(`${clerk.base}/v1/users`, { method: 'POST', headers, body: '{' });
  expect([broken.status, await broken.json()]).toMatchObject([
    400,
    { errors: [{ code: 'request_body_invalid' }] },
  ]);
});
