import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';

interface Person {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly teams: Readonly<Record<string, string>>;
}

let product: TestProduct;
let admin: string;
let home: string;
let people: readonly Person[];
beforeAll(async () => {
  product = await startTestProduct();
  admin = await product.signIn('amara.abara@northwind.example');
  home = `/api/organizations/${(await product.api('/api/me', { token: admin })).body.organization.id}`;
  people = (await product.api(`${home}/users?limit=100`, { token: admin })).body.items;
});
afterAll(() => product.stop());

const nowhere = 'team_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const membersOf = (team: string) => `${home}/teams/${team}/members`;

const add = (token: string, team: string, userIds: readonly string[]) =>
  product.api(membersOf(team), { token, method: 'POST', body: { userIds } });

/** Sets or removes a member of a team, based on its current revision. */
async function change(token: string, team: string, userId: string, body?: object) {
  const { headers } = await product.api(`${home}/teams/${team}`, { token: admin });
  return await product.api(`${membersOf(team)}/${userId}`, {
    token,
    method: body === undefined ? 'DELETE' : 'PUT',
    headers: { 'if-match': headers.get('etag') ?? '"1"' },
    ...(body === undefined ? {} : { body }),
  });
}

function first(found: (person: Person) => boolean): Person {
  const person = people.find(found);
  if (person === undefined) throw new Error('the seed has nobody like that');
  return person;
}

/** A user of a role, their team, one they aren't in, and a team member who is in neither. */
async function inTeam(role: 'leader' | 'member') {
  const wanted = role === 'leader' ? 'team_leader' : 'team_member';
  const person = first((user) => user.role === wanted && Object.values(user.teams).includes(role));
  const [own = ''] = Object.keys(person.teams);
  const { body } = await product.api(`${home}/teams?limit=100`, { token: admin });
  const foreign = body.items.find(({ id }: { id: string }) => !Object.hasOwn(person.teams, id));
  const outsider = first((user) => user.role === 'team_member' && !Object.hasOwn(user.teams, own));
  return { token: await product.signIn(person.email), own, other: String(foreign.id), outsider };
}

describe('adding several people to a team', () => {
  it('is a leader’s act in their own team; another is like none', async () => {
    const { token, own, other, outsider } = await inTeam('leader');
    const added = await add(token, own, [outsider.userId, 'user_nobody']);
    expect(added).toMatchObject({
      status: 200,
      body: { results: [{ status: 'added' }, { status: 'refused', code: 'not_found' }] },
    });
    const again = await add(token, own, [outsider.userId]);
    expect(again.body.results).toEqual([{ userId: outsider.userId, status: 'already_member' }]);
    for (const team of [other, nowhere])
      expect(await add(token, team, [outsider.userId])).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    expect(await change(token, own, outsider.userId)).toMatchObject({ status: 200 });
  });

  it('is refused to a member, and to who asks for nobody or too many', async () => {
    const { token, own, outsider } = await inTeam('member');
    expect(await add(token, own, [outsider.userId])).toMatchObject({ status: 403 });
    const many = Array.from({ length: 26 }, (_, index) => `user_number${index}`);
    for (const userIds of [[], many])
      expect(await add(admin, own, userIds)).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'userIds' }] },
      });
  });

  it('adds nobody of another organization', async () => {
    const superAdmin = await product.signIn(superAdminEmail);
    const { body } = await product.api('/api/admin/organizations?search=bluebird', { token: superAdmin });
    const theirs = await product.api(`/api/organizations/${body.items[0].id}/users`, { token: superAdmin });
    const { own } = await inTeam('leader');
    const added = await add(admin, own, [theirs.body.items[0].userId]);
    expect(added.body.results).toMatchObject([{ status: 'refused', reason: 'user_not_found' }]);
    const stranger = await product.signIn(theirs.body.items[0].email);
    expect(await add(stranger, own, [theirs.body.items[0].userId])).toMatchObject({ status: 404 });
  });
});

describe('naming a team member the leader', () => {
  it('is one act for an admin, which the trail tells of as two', async () => {
    const { userId, name } = first(({ role }) => role === 'team_member');
    const named = { name: 'Led at once' };
    const { body: team } = await product.api(`${home}/teams`, { token: admin, method: 'POST', body: named });
    expect(await change(admin, team.id, userId, { role: 'leader' })).toMatchObject({ status: 409 });
    const led = await change(admin, team.id, userId, { role: 'leader', promote: true });
    expect(led).toMatchObject({ status: 200, body: { leaderId: userId, memberCount: 1 } });
    const { body: person } = await product.api(`${home}/users/${userId}`, { token: admin });
    expect(person).toMatchObject({ role: 'team_leader', teams: { [team.id]: 'leader' } });
    const actions = await eventually(async () => {
      const { body: trail } = await product.api(`${home}/audit?limit=20`, { token: admin });
      const requestId = led.headers.get('x-request-id');
      const own = trail.items.filter((entry: { requestId: string }) => entry.requestId === requestId);
      return own.length >= 2 && own.map(({ action }: { action: string }) => action).sort();
    }, 'both entries are in the trail');
    expect(actions).toEqual(['team.member-added', 'user.role-changed']);
    const { body: listed } = await product.api(`${home}/teams?limit=100`, { token: admin });
    const shown = listed.items.find(({ id }: { id: string }) => id === team.id);
    expect(shown).toMatchObject({ leaderName: name, kpiCount: 0 });
  });

  it('is refused to a leader, who gives nobody a role', async () => {
    const { token, own, outsider } = await inTeam('leader');
    const promotion = { role: 'leader', promote: true };
    expect(await change(token, own, outsider.userId, promotion)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const odd = { role: 'member', promote: true };
    expect(await change(token, own, outsider.userId, odd)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'promote' }] },
    });
  });
});

describe('who changed a team last', () => {
  it('is told where the team is read by itself', async () => {
    const body = { name: 'Told' };
    const { body: team } = await product.api(`${home}/teams`, { token: admin, method: 'POST', body });
    const { body: read } = await product.api(`${home}/teams/${team.id}`, { token: admin });
    const { userId: id, name } = first(({ email }) => email === 'amara.abara@northwind.example');
    expect(read.updatedBy).toEqual({ id, name });
  });
});
