import { newOrganization } from '../support/product.ts';
import type { Prey } from './prey.ts';
import { inParallel, Tally } from './tally.ts';

const nested = (levels: number, [open, close] = ['[', ']']) =>
  `${open.repeat(levels)}${close.repeat(levels)}`;

/** Bodies that are cheaper to send than to parse. */
const bodies: readonly (readonly [string, string])[] = [
  ['20,000 nested arrays', nested(20_000)],
  ['20,000 nested arrays in a bulk line', `{"invitations":[${nested(20_000)}]}`],
  ['10,000 nested objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['64 KB of combining marks', JSON.stringify({ name: `a${'\u0301'.repeat(31_000)}` })],
  [
    '64 KB of combining marks as an address',
    JSON.stringify({ email: `a${'\u0323\u0301'.repeat(15_000)}@b.example`, name: 'A', role: 'team_member' }),
  ],
  ['60,000 fields', `{${Array.from({ length: 6000 }, (_, index) => `"f${index}":1`).join(',')}}`],
  ['a number of 60,000 digits', `{"value":${'9'.repeat(60_000)}}`],
  ['an escaped text of 64 KB', `{"name":"${'\\u0061'.repeat(10_000)}"}`],
  ['a body over the limit', JSON.stringify({ name: 'x'.repeat(300_000) })],
];

/** Expensive input: each is refused or served, never an internal error. */
export async function attackByWearingOut({ product, world }: Prey): Promise<Tally> {
  const tally = new Tally('bodies that wear out');
  const base = `/api/organizations/${world.own.organizationId}`;
  const paths = [
    '/teams',
    '/kpis',
    '/invitations',
    '/invitations/bulk',
    `/kpis/${world.own.kpiId}/check-ins`,
  ];
  for (const [what, body] of bodies)
    for (const path of paths)
      for (const key of [undefined, `attack-${tally.cells}`]) {
        const headers = key === undefined ? {} : { 'idempotency-key': key };
        const many = await Promise.all(
          Array.from({ length: 4 }, async () =>
            product.api(`${base}${path}`, {
              token: await world.token('org_admin'),
              method: 'POST',
              body,
              headers,
            }),
          ),
        );
        tally.cells += many.length;
        for (const { status } of many) {
          if (status >= 500) tally.errors.push(`${what} to ${path}: ${status}`);
          if (status < 300) tally.changes.push(`${what} to ${path} was taken: ${status}`);
        }
      }
  return tally;
}

/**
 * The most requests that one user can make in the two minutes that a flood may span, on the plan that
 * allows 300 per minute.
 */
const sharesOfTwoMinutes = 300;

/** One member sends requests without pause: the admin can still sign in and remove them. */
export async function attackByFlooding({ product, world }: Prey): Promise<Tally> {
  const tally = new Tally('one member floods');
  const adminEmail = 'admin@flooded.example';
  const whole = newOrganization('Flooded', adminEmail);
  const { body: founded } = await product.api('/api/admin/organizations', {
    token: await world.token('super_admin'),
    method: 'POST',
    body: { ...whole, subscription: { ...whole.subscription, plan: 'starter' } },
  });
  const base = `/api/organizations/${founded.id}`;
  const enter = async (email: string) => {
    await product.accept(email);
    const token = await product.signIn(email);
    return { token, userId: String((await product.api('/api/me', { token })).body.user.userId) };
  };
  const admin = await enter(adminEmail);
  const email = 'flooder@flooded.example';
  const invited = { email, name: 'Flooder', role: 'team_member' };
  await product.api(`${base}/invitations`, { token: admin.token, method: 'POST', body: invited });
  const member = await enter(email);
  let answered = 0;
  await inParallel(Array.from({ length: 450 }), 8, async () => {
    const { status } = await product.api('/api/me', { token: member.token });
    tally.cells += 1;
    if (status < 300) answered += 1;
    if (status >= 500) tally.errors.push(`a flooding request: ${status}`);
  });
  if (answered > sharesOfTwoMinutes) tally.changes.push(`${answered} requests of one person were answered`);
  const path = `${base}/users/${member.userId}`;
  const read = await product.api(path, { token: admin.token });
  if (read.status !== 200) tally.changes.push(`the admin reads: ${read.status}`);
  const put = await product.api(path, {
    token: admin.token,
    method: 'PATCH',
    body: { status: 'deactivated' },
    headers: { 'if-match': read.headers.get('etag') ?? '' },
  });
  if (put.status !== 200) tally.changes.push(`the admin deactivates the flooder: ${put.status}`);
  return tally;
}
