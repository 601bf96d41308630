import { decodeJwt } from 'jose';
import { PLATFORM } from '../../domain/ids.ts';
import { deliverWebhook } from '../support/deliver-webhook.ts';
import { oddToken, oddTokens, unsignedTokens } from '../support/odd-token.ts';
import { eventually } from '../support/product.ts';
import type { Prey } from './prey.ts';
import { Tally } from './tally.ts';

/** Forged, expired or malformed tokens, on routes of each kind. */
export async function attackTokens({ product, world }: Prey): Promise<Tally> {
  const tally = new Tally('tokens');
  const like = await world.token('org_admin');
  const now = Math.floor(Date.now() / 1000);
  const made = [
    ...oddTokens,
    ['that is not valid yet', { nbf: now + 600 }, {}],
    ['that has just expired', { iat: now - 200, nbf: now - 200, exp: now - 100 }, {}],
    ['of another issuer and key', { iss: 'https://clerk.example.com' }, { ownKey: false }],
    ['with another key’s id', {}, { header: { kid: 'ins_other' } }],
  ] as const;
  const [head = '', , signature = ''] = like.split('.');
  const raised = { ...decodeJwt(like), sub: world.userIds.team_leader, role: 'super_admin' };
  const tokens = [
    ...(await Promise.all(
      made.map(async ([what, claims, how]) => [what, await oddToken(product, like, claims, how)] as const),
    )),
    ...unsignedTokens(product.clerk.url).map((token) => ['unsigned', token] as const),
    [
      'with other claims under a signature',
      `${head}.${Buffer.from(JSON.stringify(raised)).toString('base64url')}.${signature}`,
    ],
    ['without a signature', like.split('.').slice(0, 2).join('.')],
    ...['', 'null', 'a.b.c', '..', 'x'.repeat(8000)].map((token) => ['garbage', token] as const),
  ] as const;
  const { organizationId } = world.own;
  for (const [what, token] of tokens)
    for (const path of [
      '/api/me',
      `/api/organizations/${organizationId}/users`,
      '/api/admin/organizations',
    ]) {
      tally.cells += 1;
      const { status } = await product.api(path, { token });
      if (status < 400) tally.leaks.push(`a token ${what} on ${path} is answered ${status}`);
      if (status >= 500) tally.errors.push(`a token ${what} on ${path}: ${status}`);
    }
  // Correctly signed, but with claims that the user doesn't have.
  for (const claims of [
    { organizationId: PLATFORM },
    { organizationId: world.foreign.organizationId },
    { organizationId: world.foreign.organizationId, invitationId: world.foreign.invitationId },
    { role: 'super_admin', publicMetadata: { role: 'super_admin' } },
  ]) {
    const token = await oddToken(product, like, claims);
    for (const path of [
      `/api/organizations/${world.foreign.organizationId}/users`,
      '/api/admin/organizations',
    ]) {
      tally.cells += 1;
      const { status } = await product.api(path, { token });
      if (status < 400) tally.leaks.push(`a token with ${JSON.stringify(claims)} on ${path}: ${status}`);
      if (status >= 500) tally.errors.push(`a token with ${JSON.stringify(claims)} on ${path}: ${status}`);
    }
  }
  return tally;
}

/** Webhooks that Clerk didn't send, or sent at another time. */
export async function attackWebhooks(prey: Prey): Promise<Tally> {
  const tally = new Tally('webhooks');
  const { product, world } = prey;
  const seconds = Math.floor(Date.now() / 1000);
  const deleted = JSON.stringify({ type: 'user.deleted', data: { id: world.away.userId, deleted: true } });
  await prey.changedKeys();
  const odd = [
    ['unsigned', { signed: false }],
    ['from the future', { at: seconds + 600 }],
    ['from tomorrow', { at: seconds + 86_400 }],
    ['replayed after its time', { at: seconds - 600 }],
    ['under the signature of another text', { signedBody: '{}' }],
  ] as const;
  for (const [what, how] of odd) {
    tally.cells += 1;
    const { status } = await deliverWebhook(product, deleted, { id: `msg_${what}`, ...how });
    if (status !== 401) tally.leaks.push(`${what}: ${status}`);
  }
  tally.changes.push(...(await prey.changedKeys()));

  // A replayed webhook after a later one: its state must not return.
  const { userId } = world.home;
  const token = await world.token('org_admin');
  const named = (first_name: string, updated_at: number) =>
    JSON.stringify({
      type: 'user.updated',
      data: {
        id: userId,
        first_name,
        last_name: 'Replay',
        primary_email_address_id: null,
        email_addresses: [],
        public_metadata: {},
        updated_at,
      },
    });
  const nameNow = async () => String((await product.api('/api/me', { token })).body.user.name);
  const ms = Date.now() + 1000;
  const early = named('Early', ms);
  for (const [id, body, name] of [
    ['msg_early', early, 'Early Replay'],
    ['msg_late', named('Late', ms + 1000), 'Late Replay'],
  ] as const) {
    await deliverWebhook(product, body, { id });
    await eventually(async () => (await nameNow()) === name, `a signed webhook is applied: ${name}`);
  }
  for (const id of ['msg_early', 'msg_early_again']) {
    tally.cells += 1;
    const { status } = await deliverWebhook(product, early, { id });
    if (status >= 500) tally.errors.push(`replayed as ${id}: ${status}`);
    if ((await nameNow()) !== 'Late Replay') tally.changes.push(`replayed as ${id}: an older state is back`);
  }
  return tally;
}
