import { randomUUID } from 'node:crypto';
import { oddToken } from '../support/odd-token.ts';
import { type Answer, newOrganization } from '../support/product.ts';
import type { Prey } from './prey.ts';
import { Tally } from './tally.ts';

/** A response without the parts that differ between any two invitations. */
const shapeOf = ({ status, body, headers }: Answer, email: string) =>
  JSON.stringify({
    status,
    type: headers.get('content-type'),
    body: JSON.parse(
      JSON.stringify(body, (key, value: unknown) =>
        /^(id|requestId|createdAt|updatedAt|sentAt|expiresAt|name|location)$/.test(key)
          ? typeof value
          : value,
      ).replaceAll(email, '<email>'),
    ),
  });

/** Whether inviting reveals addresses of other customers. */
export async function attackAddresses({ product, world }: Prey): Promise<Tally> {
  const tally = new Tally('addresses that are taken elsewhere');
  const { own, away } = world;
  const base = `/api/organizations/${own.organizationId}/invitations`;
  const places = [
    { role: 'team_member' },
    { role: 'team_member', teamId: own.teamId },
    { role: 'team_member', teamId: world.absent.teamId },
    { role: 'org_admin' },
  ];
  for (const by of ['org_admin', 'team_leader'] as const)
    for (const place of places)
      for (const isBulk of [false, true]) {
        const ask = async (email: string) => {
          const line = { email, name: 'Somebody', ...place };
          const answer = await product.api(isBulk ? `${base}/bulk` : base, {
            token: await world.token(by),
            method: 'POST',
            body: isBulk ? { invitations: [line] } : line,
          });
          if (answer.status >= 500) tally.errors.push(`inviting ${email}: ${answer.status}`);
          const { items } = (
            await product.api(`${base}?limit=100`, { token: await world.token('org_admin') })
          ).body;
          const made = items.find((item: { email: string }) => item.email === email);
          if (made !== undefined)
            await product.api(`${base}/${made.id}`, {
              token: await world.token('org_admin'),
              method: 'DELETE',
              headers: { 'if-match': `"${made.revision}"` },
            });
          return shapeOf(answer, email);
        };
        const [free, ...taken] = [
          await ask(`${randomUUID()}@free.example`),
          await ask(away.email),
          await ask('zanzibar@invited.example'),
        ];
        for (const answer of taken) {
          tally.cells += 1;
          if (answer !== free)
            tally.leaks.push(
              `${by}, ${JSON.stringify(place)}${isBulk ? ' in bulk' : ''}: ${answer} instead of ${free}`,
            );
        }
      }
  return tally;
}

/** Existing invitations must not prevent their addresses from founding an organization. */
export async function attackBySquatting({ product, world }: Prey): Promise<Tally> {
  const tally = new Tally('squatting');
  const { own } = world;
  for (const by of ['org_admin', 'team_leader'] as const) {
    tally.cells += 1;
    const email = `ceo@${by.replace('_', '-')}-customer.example`;
    const place = { role: 'team_member', teamId: own.teamId };
    const squat = await product.api(`/api/organizations/${own.organizationId}/invitations`, {
      token: await world.token(by),
      method: 'POST',
      body: { email, name: 'Squatter', ...place },
    });
    if (squat.status !== 201) tally.errors.push(`${by} could not invite: ${squat.status}`);
    const founded = await product.api('/api/admin/organizations', {
      token: await world.token('super_admin'),
      method: 'POST',
      body: newOrganization(`Customer squatted by ${by}`, email),
    });
    await product.accept(email).catch(() => undefined);
    const { body } = await product.api('/api/me', { token: await product.signIn(email) });
    if (founded.status !== 201 || body.organization?.id !== founded.body.id)
      tally.changes.push(`${by} holds ${email}: ${founded.status}, ${JSON.stringify(body).slice(0, 200)}`);
  }
  return tally;
}

/** One person accepts two organizations' invitations concurrently, many times. */
export async function attackByAcceptingTwice({ product, world }: Prey, tries = 30): Promise<Tally> {
  const tally = new Tally('two organizations accepted at once');
  const admins = [
    { organizationId: world.home.organizationId, token: await product.signIn(world.home.email) },
    { organizationId: world.away.organizationId, token: await product.signIn(world.away.email) },
  ];
  for (let number = 0; number < tries; number += 1) {
    tally.cells += 1;
    const email = `both-${number}@people.example`;
    const tokens = [];
    for (const { organizationId, token } of admins) {
      const path = `/api/organizations/${organizationId}/invitations`;
      const body = { email, name: 'Both', role: 'team_member' };
      const { body: made } = await product.api(path, { token, method: 'POST', body });
      const claims = {
        sub: `user_both${number}`,
        email,
        emailVerified: true,
        organizationId,
        invitationId: made.id,
      };
      tokens.push(await oddToken(product, token, claims));
    }
    const answers = await Promise.all(
      [...tokens, ...tokens].map((token) => product.api('/api/me', { token })),
    );
    if (answers.some(({ status }) => status >= 500))
      tally.errors.push(`${email}: ${answers.map(({ status }) => status)}`);
    const found = await Promise.all(
      admins.map(async ({ organizationId, token }) => {
        const path = `/api/organizations/${organizationId}/users/user_both${number}`;
        return (await product.api(path, { token })).status === 200;
      }),
    );
    const memberships = found.filter(Boolean).length;
    if (memberships !== 1) tally.changes.push(`${email} is a member of ${memberships}`);
  }
  return tally;
}
