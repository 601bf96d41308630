import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { startReceiver } from './support/receiver.ts';
import { acceptAs, cookieOf, type Started, start, ticketOf } from './support/start.ts';

const day = 24 * 60 * 60 * 1000;
let clock: number;
let clerk: Started;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  clock = Date.now();
  receiver = await startReceiver();
  clerk = await start({ webhookUrl: receiver.url, webhooks: 'deliver', now: () => clock });
});
afterEach(async () => {
  await clerk.stop();
  await receiver.stop();
});

const invite = (emailAddress = 'grace@example.com') =>
  clerk.client.invitations.createInvitation({
    emailAddress,
    publicMetadata: { organizationId: 'org_1', invitationId: 'inv_1' },
    redirectUrl: `${clerk.origin}/welcome`,
    expiresInDays: 7,
  });
const outbox = z.object({
  mails: z.array(z.object({ to: z.string(), url: z.string(), status: z.string() })),
});
const mails = async () => outbox.parse(await (await fetch(`${clerk.base}/outbox.json`)).json()).mails;

test('leads from the outbox to the product, signed in, and tells the product', async () => {
  await invite();
  const [mail] = await mails();
  expect(mail).toMatchObject({ to: 'grace@example.com', status: 'pending' });
  expect(await (await fetch(`${clerk.base}/outbox`)).text()).toContain(mail?.url ?? 'a link');
  const page = await fetch(mail?.url ?? '');
  expect([page.status, await page.text()]).toEqual([
    200,
    expect.stringContaining('Accept as grace@example.com'),
  ]);

  const accepted = await acceptAs(clerk, ticketOf(mail?.url), 'Grace Brewster Hopper');
  expect([accepted.status, accepted.headers.get('location')]).toEqual([303, `${clerk.origin}/welcome`]);
  expect(accepted.headers.get('set-cookie')).toContain('Path=/clerk; HttpOnly; SameSite=Lax');
  const token = await clerk.post('/client/token', {}, { cookie: cookieOf(accepted) });
  expect(await token.json()).toEqual({ jwt: expect.any(String) });

  const [webhook] = await receiver.received(1);
  expect(webhook?.event).toMatchObject({
    type: 'user.created',
    data: { first_name: 'Grace', public_metadata: { organizationId: 'org_1', invitationId: 'inv_1' } },
  });
  const { data } = await clerk.client.invitations.getInvitationList({ status: 'accepted' });
  expect(data).toMatchObject([{ emailAddress: 'grace@example.com' }]);
});

test('adds the invitation to the person who has the address already', async () => {
  const { users, invitations } = clerk.client;
  const existing = await users.createUser({
    emailAddress: ['grace@example.com'],
    publicMetadata: { theme: 'dark' },
  });
  const { url } = await invitations.createInvitation({
    emailAddress: 'grace@example.com',
    publicMetadata: { organizationId: 'org_1' },
    ignoreExisting: true,
  });
  expect((await acceptAs(clerk, ticketOf(url), '')).status).toBe(303);
  expect(await users.getCount()).toBe(1);
  expect((await users.getUser(existing.id)).publicMetadata).toEqual({
    theme: 'dark',
    organizationId: 'org_1',
  });
  const types = (await receiver.received(2)).map(({ event }) => event.type);
  expect(types.toSorted()).toEqual(['user.created', 'user.updated']);
});

test('begins with the name that the invitation was made out to', async () => {
  const { url } = await clerk.client.invitations.createInvitation({
    emailAddress: 'ada@example.com',
    publicMetadata: { organizationId: 'org_1', name: 'Ada "Countess" Lovelace' },
  });
  const page = await (await fetch(url ?? '')).text();
  expect(page).toContain('value="Ada &quot;Countess&quot; Lovelace"');
});

test('asks for a name again when none is given, and makes nobody', async () => {
  const { url } = await invite();
  const answer = await acceptAs(clerk, ticketOf(url), '  ');
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Enter your name.')]);
  expect(await clerk.client.users.getCount()).toBe(0);
});

test('accepts an invitation once', async () => {
  const { url } = await invite();
  const answers = await Promise.all(['Grace', 'Mallory'].map((name) => acceptAs(clerk, ticketOf(url), name)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410]);
  const again = await fetch(url ?? '');
  expect([again.status, await again.text()]).toEqual([410, expect.stringContaining('already been used')]);
  expect(await clerk.client.users.getCount()).toBe(1);
});

test('refuses a link that has expired, was withdrawn or never existed, and says what to do', async () => {
  const withdrawn = await invite('withdrawn@example.com');
  expect((await clerk.client.invitations.revokeInvitation(withdrawn.id)).status).toBe('revoked');
  const expired = await invite('expired@example.com');
  clock += 7 * day;
  const answers = [withdrawn.url, expired.url].map((url) => acceptAs(clerk, ticketOf(url), 'Grace'));
  const [afterWithdrawal, afterExpiry] = await Promise.all(answers);
  expect([afterWithdrawal?.status, await afterWithdrawal?.text()]).toEqual([
    410,
    expect.stringContaining('was revoked'),
  ]);
  expect([afterExpiry?.status, await afterExpiry?.text()]).toEqual([
    410,
    expect.stringContaining('has expired'),
  ]);
  const unknown = await acceptAs(clerk, 'nobody-has-this', 'Grace');
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('isn’t valid')]);
  expect((await mails()).map(({ status }) => status)).toEqual(['expired', 'revoked']);
});

test('refuses a second open invitation to an address, and one to a user', async () => {
  await invite();
  await expect(invite('GRACE@example.com')).rejects.toMatchObject({
    status: 400,
    errors: [{ code: 'duplicate_record', meta: { emailAddresses: ['grace@example.com'] } }],
  });
  await clerk.client.users.createUser({ emailAddress: ['ada@example.com'] });
  await expect(invite('ada@example.com')).rejects.toMatchObject({
    errors: [{ code: 'form_identifier_exists' }],
  });
  clock += 7 * day;
  expect((await invite()).status).toBe('pending');
});

test('lists invitations by status and address, revoked ones only when asked', async () => {
  const { invitations } = clerk.client;
  const one = await invite('one@example.com');
  const two = await invite('two@example.com');
  await invitations.revokeInvitation(one.id);
  await expect(invitations.revokeInvitation(one.id)).rejects.toMatchObject({ status: 400 });
  const all = await invitations.getInvitationList();
  expect([all.totalCount, all.data.map(({ id }) => id)]).toEqual([1, [two.id]]);
  expect((await invitations.getInvitationList({ status: 'revoked' })).data).toMatchObject([{ id: one.id }]);
  expect((await invitations.getInvitationList({ status: 'pending', query: 'one@' })).data).toEqual([]);
});

test('sends no mail when told not to, and still gives the link', async () => {
  const { url } = await clerk.client.invitations.createInvitation({ emailAddress: 'a@b.co', notify: false });
  expect(await mails()).toEqual([]);
  expect((await fetch(url ?? '')).status).toBe(200);
});

test('finds mails by address', async () => {
  await invite('one@example.com');
  await invite('two@example.com');
  const page = await (await fetch(`${clerk.base}/outbox?to=TWO@`)).text();
  expect(page).toContain('two@example.com');
  expect(page).not.toContain('one@example.com');
});

test('keeps its pages free of scripts and out of frames', async () => {
  await clerk.client.users.createUser({ emailAddress: ['grace@example.com'], firstName: '<script>"' });
  const { url } = await clerk.client.invitations.createInvitation({
    emailAddress: 'grace@example.com',
    ignoreExisting: true,
  });
  const page = await fetch(url ?? '');
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  const text = await page.text();
  expect(text).toContain('&lt;script&gt;&quot;');
  expect(text).not.toContain('<script');
  expect((await fetch(`${clerk.base}/pages.css`)).headers.get('content-type')).toContain('text/css');
});
