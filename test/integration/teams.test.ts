import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  eventually,
  startTestProduct,
  superAdminEmail,
  type TestProduct,
} from '../support/product.ts';

interface Person {
  readonly userId: string;
  readonly email: string;
  readonly role: string;
  readonly teams: Readonly<Record<string, string>>;
}

let product: TestProduct;
let admin: string;
let superAdmin: string;
let home: string;
let people: Person[];
beforeAll(async () => {
  product = await startTestProduct();
  superAdmin = await product.signIn(superAdminEmail);
  admin = await product.signIn('amara.abara@northwind.example');
  home = `/api/organizations/${(await product.api('/api/me', { token: admin })).body.organization.id}`;
  people = (await product.api(`${home}/users?limit=100`, { token: admin })).body.items;
});
afterAll(() => product.stop());

const nowhere = 'team_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const teamPath = (id: string) => `${home}/teams/${id}`;

/** Changes a team, based on its current revision. */
async function change(token: string, path: string, method: string, body?: unknown): Promise<Answer> {
  const [, team = ''] = /^(.*\/teams\/\w+)/.exec(path) ?? [];
  const { headers } = await product.api(team, { token: admin });
  return product.api(path, {
    token,
    method,
    headers: { 'if-match': headers.get('etag') ?? '"1"' },
    ...(body === undefined ? {} : { body }),
  });
}

/** A leader or member of the seed, their token, a team they are in, and one they aren't in. */
async function inTeam(role: 'leader' | 'member') {
  const wanted = role === 'leader' ? 'team_leader' : 'team_member';
  const person = people.find((user) => user.role === wanted && Object.values(user.teams).includes(role));
  const [own] = Object.keys(person?.teams ?? {});
  const { body } = await product.api(`${home}/teams?limit=100`, { token: admin });
  const other = body.items.find(({ id }: { id: string }) => !Object.hasOwn(person?.teams ?? {}, id));
  if (person === undefined || own === undefined) throw new Error(`the seed has no ${role}`);
  const outsider = people.find((user) => user.role === 'team_member' && !Object.hasOwn(user.teams, own));
  if (outsider === undefined) throw new Error('everybody is in the team');
  return { token: await product.signIn(person.email), person, own, other: String(other.id), outsider };
}

/** The content of a response without its request id. */
const told = ({ status, body: { requestId: _, ...rest } }: Answer) => JSON.stringify({ status, ...rest });

describe('the list of teams', () => {
  it('shows an admin, and the super admin, all of them by name, page by page', async () => {
    const all = await product.api(`${home}/teams?limit=100`, { token: superAdmin });
    const names = all.body.items.map(({ name }: { name: string }) => name);
    expect(names.length).toBeGreaterThan(3);
    expect(names).toEqual(names.toSorted());
    expect(all.body.items[0]).toMatchObject({
      memberCount: expect.any(Number),
      revision: expect.any(Number),
    });
    expect(all.body.items[0]).not.toHaveProperty('members');
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: Answer = await product.api(`${home}/teams?limit=2${cursor && `&cursor=${cursor}`}`, {
        token: admin,
      });
      paged.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(names);
  });

  it.each(['leader', 'member'] as const)('shows a %s those they are in', async (role) => {
    const { token, person } = await inTeam(role);
    const { body } = await product.api(`${home}/teams`, { token });
    expect(body.items.map(({ id }: { id: string }) => id).sort()).toEqual(Object.keys(person.teams).sort());
    expect(body.nextCursor).toBeNull();
  });
});

describe('a leader', () => {
  it('reads and changes the team they lead; another is like none', async () => {
    const { token, own, other } = await inTeam('leader');
    const read = await product.api(teamPath(own), { token });
    expect(read).toMatchObject({ status: 200, body: { id: own, members: expect.any(Array) } });
    expect(read.headers.get('etag')).toBe(`"${read.body.revision}"`);
    const changed = await change(token, teamPath(own), 'PATCH', { description: 'Ours' });
    expect(changed).toMatchObject({ status: 200, body: { description: 'Ours' } });
    for (const method of ['GET', 'PATCH']) {
      const body = method === 'GET' ? undefined : { description: 'Theirs' };
      const [foreign, none] = [
        await change(token, teamPath(other), method, body),
        await change(token, teamPath(nowhere), method, body),
      ];
      expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect(told(foreign)).toBe(told(none));
    }
  });

  it('adds and removes members of it, but no leader, and not themselves', async () => {
    const { token, own, other, person, outsider } = await inTeam('leader');
    const member = `${teamPath(own)}/members/${outsider.userId}`;
    const added = await change(token, member, 'PUT', { role: 'member' });
    expect(added.body.members).toContainEqual(
      expect.objectContaining({ userId: outsider.userId, role: 'member' }),
    );
    const forbidden = { status: 403, body: { code: 'forbidden' } };
    expect(await change(token, member, 'PUT', { role: 'leader' })).toMatchObject(forbidden);
    const self = `${teamPath(own)}/members/${person.userId}`;
    expect(await change(token, self, 'PUT', { role: 'member' })).toMatchObject(forbidden);
    expect(await change(token, self, 'DELETE')).toMatchObject(forbidden);
    expect(await change(token, member, 'DELETE')).toMatchObject({ status: 200, body: { id: own } });
    expect(await change(token, member, 'DELETE')).toMatchObject({ status: 404 });
    const nobody = `${teamPath(own)}/members/user_nobody`;
    expect(await change(token, nobody, 'PUT', { role: 'member' })).toMatchObject({ status: 404 });
    for (const team of [other, nowhere])
      expect(
        await change(token, `${teamPath(team)}/members/${outsider.userId}`, 'PUT', { role: 'member' }),
      ).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('neither makes nor deletes teams', async () => {
    const { token, own } = await inTeam('leader');
    const made = await product.api(`${home}/teams`, { token, method: 'POST', body: { name: 'Mine' } });
    expect(made).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await change(token, teamPath(own), 'DELETE')).toMatchObject({ status: 403 });
  });
});

describe('a member', () => {
  it('reads the teams they are in, and changes nothing', async () => {
    const { token, own, other, outsider } = await inTeam('member');
    expect(await product.api(teamPath(own), { token })).toMatchObject({ status: 200, body: { id: own } });
    const [foreign, none] = [
      await product.api(teamPath(other), { token }),
      await product.api(teamPath(nowhere), { token }),
    ];
    expect(foreign.status).toBe(404);
    expect(told(foreign)).toBe(told(none));
    const member = `${teamPath(own)}/members/${outsider.userId}`;
    for (const [method, path, body] of [
      ['PATCH', teamPath(own), { name: 'Mine' }],
      ['DELETE', teamPath(own), undefined],
      ['PUT', member, { role: 'member' }],
      ['DELETE', member, undefined],
    ] as const)
      expect(await change(token, path, method, body)).toMatchObject({ status: 403 });
  });
});

describe('an admin', () => {
  it('makes, hands over and deletes a team; people of another organization learn nothing of it', async () => {
    const [first, second] = people.filter(({ role }) => role === 'team_leader');
    const input = { name: 'Night shift', leaderId: first?.userId };
    const made = await product.api(`${home}/teams`, { token: admin, method: 'POST', body: input });
    expect(made).toMatchObject({
      status: 201,
      body: { leaderId: first?.userId, memberCount: 1, revision: 1 },
    });
    const path = teamPath(made.body.id);
    const stranger = await product.signIn((await strangers())[0] ?? '');
    expect(await product.api(path, { token: stranger })).toMatchObject({ status: 404 });
    const member = `${path}/members/${second?.userId}`;
    const handed = await change(admin, member, 'PUT', { role: 'leader' });
    expect(handed.body).toMatchObject({ leaderId: second?.userId, memberCount: 2, revision: 2 });
    const bare = await product.api(member, { token: admin, method: 'DELETE' });
    expect(bare).toMatchObject({ status: 428, body: { code: 'precondition_required' } });
    const old = await product.api(path, { token: admin, method: 'DELETE', headers: { 'if-match': '"1"' } });
    expect(old).toMatchObject({ status: 412, body: { code: 'stale' } });
    const outsider = people.find(({ role }) => role === 'team_member')?.userId;
    const led = await change(admin, `${path}/members/${outsider}`, 'PUT', { role: 'leader' });
    expect(led).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await change(admin, path, 'DELETE')).toMatchObject({ status: 204 });
    expect(await product.api(path, { token: admin })).toMatchObject({ status: 404 });
  });

  it('is refused names that are nothing, too long, or taken', async () => {
    const create = (body: unknown) => product.api(`${home}/teams`, { token: admin, method: 'POST', body });
    for (const name of ['', '  ', 'x'.repeat(10_000), '\uFDFA'.repeat(40), 'a\u0000b']) {
      const { status, body } = await create({ name });
      expect([status, body.errors[0].path]).toEqual([400, 'name']);
    }
    expect(await create({ name: 'FREIGHT operations' })).toMatchObject({
      status: 409,
      body: { code: 'already_exists', errors: [{ path: 'name' }] },
    });
    expect(await create({ name: 'Fine', members: [] })).toMatchObject({ status: 400 });
  });

  it('finds each membership once in the audit trail, with who gave and who took it', async () => {
    const { person, outsider } = await inTeam('leader');
    const made = await product.api(`${home}/teams`, {
      token: admin,
      method: 'POST',
      body: { name: 'Audited' },
    });
    const path = teamPath(made.body.id);
    await change(admin, `${path}/members/${person.userId}`, 'PUT', { role: 'leader' });
    await change(admin, `${path}/members/${outsider.userId}`, 'PUT', { role: 'member' });
    await change(admin, path, 'DELETE');
    const trail = async (query: string) =>
      (await product.api(`${home}/audit?limit=100&${query}`, { token: admin })).body.items;
    const resource = `teamMember/${made.body.id}%23`;
    const entries = await eventually(async () => {
      const found = await trail(`resource=${resource}`);
      return found.length >= 4 && found;
    }, 'two memberships given and taken are in the trail');
    const adminId = people.find(({ email }) => email === 'amara.abara@northwind.example')?.userId;
    expect(entries.map(({ action }: { action: string }) => action).sort()).toEqual([
      'team.member-added',
      'team.member-added',
      'team.member-removed',
      'team.member-removed',
    ]);
    for (const { userId } of entries) expect(userId).toBe(adminId);
    const ofTeam = await eventually(async () => {
      const found = await trail(`resource=team/${made.body.id}`);
      return found.length >= 2 && found;
    }, 'the team’s beginning and end are in the trail');
    expect(ofTeam.map(({ action }: { action: string }) => action)).toEqual(['team.deleted', 'team.created']);
    const ofPerson = await trail(`resource=user/${outsider.userId}`);
    expect(ofPerson.filter(({ action }: { action: string }) => action.startsWith('team.'))).toEqual([]);
  });
});

/** Addresses of users of another organization. */
async function strangers(): Promise<string[]> {
  const { body } = await product.api('/api/admin/organizations?search=bluebird', { token: superAdmin });
  const users = await product.api(`/api/organizations/${body.items[0].id}/users`, { token: superAdmin });
  return users.body.items.map(({ email }: { email: string }) => email);
}
