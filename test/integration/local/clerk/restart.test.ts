import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClerkClient } from '@clerk/backend';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from './support/receiver.ts';
import { cookieOf, newStateDirectory, secretKey, start } from './support/start.ts';

test('knows its people, sessions, invitations and key after a restart on another port', async () => {
  const stateDirectory = newStateDirectory();
  const first = await start({ stateDirectory });
  const { id } = await first.client.users.createUser({ emailAddress: ['ada@example.com'] });
  const session = await first.client.sessions.createSession({ userId: id });
  const { jwt } = await first.client.sessions.getToken(session.id);
  const redirectUrl = `${first.origin}/welcome?from=mail`;
  await first.client.invitations.createInvitation({ emailAddress: 'grace@example.com', redirectUrl });
  await first.stop();

  const second = await start({ stateDirectory });
  onTestFinished(second.stop);
  expect((await second.client.users.getUser(id)).primaryEmailAddress?.emailAddress).toBe('ada@example.com');
  expect((await second.client.sessions.getToken(session.id)).jwt).toBeTruthy();
  const keys = createRemoteJWKSet(new URL(`${second.base}/.well-known/jwks.json`));
  expect((await jwtVerify(jwt, keys)).payload.sub).toBe(id);

  const { data } = await second.client.invitations.getInvitationList();
  const link = new URL(data[0]?.url ?? '');
  expect(link.origin).toBe(second.origin);
  const body = new URLSearchParams({ ticket: link.searchParams.get('ticket') ?? '', name: 'Grace' });
  const accepted = await fetch(`${second.base}/invitations/accept`, {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  expect(accepted.headers.get('location')).toBe(`${second.origin}/welcome?from=mail`);
  expect(cookieOf(accepted)).toMatch(/^__session_\d+=sess_/);
});

test.each(['state.json', 'signing-key.pem'])('says what to do when its %s is damaged', async (name) => {
  const stateDirectory = newStateDirectory();
  const whole = await start({ stateDirectory });
  await whole.client.users.createUser({ emailAddress: ['ada@example.com'] });
  await whole.stop();
  writeFileSync(join(stateDirectory, 'clerk', name), 'damaged');
  await expect(start({ stateDirectory })).rejects.toThrow(/is damaged. Run "npm run reset"/);
});

test('loses nothing that it has answered, people or webhooks, when it is killed', async () => {
  const stateDirectory = newStateDirectory();
  const script = fileURLToPath(new URL('./support/run-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, stateDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [origin] = await once(child.stdout.setEncoding('utf8'), 'data');
  const { users } = createClerkClient({ apiUrl: `${String(origin).trim()}/clerk`, secretKey });
  const answered: string[] = [];
  const requests = Array.from({ length: 40 }, async (_, index) => {
    const { id } = await users.createUser({ emailAddress: [`person${index}@example.com`] });
    answered.push(id);
    if (answered.length === 10) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), Promise.allSettled(requests)]);

  const receiver = await startReceiver();
  onTestFinished(receiver.stop);
  const next = await start({ stateDirectory, webhookUrl: receiver.url, webhooks: 'deliver' });
  onTestFinished(next.stop);
  expect(answered.length).toBeGreaterThanOrEqual(10);
  const known = await next.client.users.getUserList({ limit: 100 });
  expect(known.data.map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
  const told = await receiver.received(known.totalCount);
  expect(told.map(({ event }) => event.data.id)).toEqual(expect.arrayContaining(answered));
});
