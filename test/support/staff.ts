import { type Answer, superAdminEmail, type TestProduct } from './product.ts';

interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly revision?: number;
}

/** The requests of one user. */
async function person(product: TestProduct, email: string, home: string) {
  const token = await product.signIn(email);
  return (path: string, { method = 'GET', body, revision }: Call = {}): Promise<Answer> =>
    product.api(path.startsWith('/') ? path : `${home}/${path}`, {
      token,
      method,
      body,
      ...(revision === undefined ? {} : { headers: { 'if-match': `"${revision}"` } }),
    });
}

/**
 * An organization of the seed with two additional teams: one with a leader and a member, one with another
 * member.
 */
export async function staffOf(product: TestProduct) {
  const token = await product.signIn('amara.abara@northwind.example');
  const home = `/api/organizations/${(await product.api('/api/me', { token })).body.organization.id}`;
  const admin = await person(product, 'amara.abara@northwind.example', home);
  const people = async (role: string) => (await admin(`users?role=${role}&limit=100`)).body.items;
  const [[leading], [member, other, idle]] = [await people('team_leader'), await people('team_member')];
  const team = async (name: string, members: readonly [{ userId: string }, string][]) => {
    let { body } = await admin('teams', { method: 'POST', body: { name } });
    for (const [{ userId }, role] of members)
      ({ body } = await admin(`teams/${body.id}/members/${userId}`, {
        method: 'PUT',
        body: { role },
        revision: body.revision,
      }));
    return String(body.id);
  };
  return {
    home,
    admin,
    ids: { leader: leading.userId, member: member.userId, other: other.userId, idle: idle.userId },
    own: await team('Kpi Ward North', [
      [leading, 'leader'],
      [member, 'member'],
    ]),
    foreign: await team('Kpi Ward South', [[other, 'member']]),
    superAdmin: await person(product, superAdminEmail, home),
    leader: await person(product, leading.email, home),
    member: await person(product, member.email, home),
    other: await person(product, other.email, home),
    idle: await person(product, idle.email, home),
  };
}
