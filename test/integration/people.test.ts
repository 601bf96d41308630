import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emails, type People, type Person, peopleOf } from '../support/people.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let superAdmin: string;
let people: People;
beforeAll(async () => {
  product = await startTestProduct();
  superAdmin = await product.signIn(superAdminEmail);
  people = peopleOf(product, superAdmin);
});
afterAll(() => product.stop());

type Organization = Awaited<ReturnType<People['organization']>>;
const organization = (name: string) => people.organization(name);
const asPerson = (email: string) => people.asPerson(email);
const read = (path: string, reader: Person) => people.read(path, reader);
const change = (...parameters: Parameters<People['change']>) => people.change(...parameters);

describe('the people of an organization', () => {
  let org: Organization;
  beforeAll(async () => {
    org = await organization('People');
  });

  it('are listed to an admin, by team to who leads it, and to nobody else', async () => {
    const { base, admin, leader, inA, teamA } = org;
    expect(emails(await read(`${base}/users`, admin))).toEqual(['ada', 'ann', 'bob', 'lea']);
    expect(emails(await read(`${base}/users?teamId=${teamA}`, admin))).toEqual(['ann', 'lea']);
    expect(emails(await read(`${base}/users?search=bo&role=team_member&status=active`, admin))).toEqual([
      'bob',
    ]);
    expect(emails(await read(`${base}/users`, leader))).toEqual(['ann', 'lea']);
    expect(emails(await read(`${base}/users?teamId=${org.teamB}`, leader))).toEqual([]);
    expect((await read(`${base}/users`, inA)).body.code).toBe('forbidden');
  });

  it('come in pages whose cursor is good for the same filter only', async () => {
    const { base, admin } = org;
    const first = await read(`${base}/users?limit=2&role=team_member`, admin);
    expect(first.body).toMatchObject({ items: [{}, {}], nextCursor: null });
    const { nextCursor } = (await read(`${base}/users?limit=3`, admin)).body;
    const cursor = encodeURIComponent(nextCursor);
    expect((await read(`${base}/users?limit=3&cursor=${cursor}`, admin)).body.items).toHaveLength(1);
    const other = await read(`${base}/users?limit=3&role=team_member&cursor=${cursor}`, admin);
    expect(other.body.code).toBe('invalid_cursor');
  });

  it('come by name or by joining to who asks for it, with a cursor that is good for that order only', async () => {
    const { base, admin, leader } = org;
    const order = async (query: string, reader = admin) =>
      (await read(`${base}/users?${query}`, reader)).body.items.map(
        ({ email }: { email: string }) => email.split('@')[0],
      );
    const joined = ['ada', 'lea', 'ann', 'bob'];
    expect(await order('sort=joined')).toEqual(joined);
    expect(await order('sort=joined&direction=desc')).toEqual(joined.toReversed());
    const named = await order('sort=name');
    expect(named.toSorted()).toEqual(joined.toSorted());
    expect(await order('sort=name&direction=desc')).toEqual(named.toReversed());
    expect((await order('sort=name', leader)).toSorted()).toEqual(['ann', 'lea']);
    const { nextCursor } = (await read(`${base}/users?sort=name&limit=3`, admin)).body;
    const cursor = encodeURIComponent(nextCursor);
    expect(await order(`sort=name&limit=3&cursor=${cursor}`)).toEqual(named.slice(3));
    for (const other of ['limit=3', 'sort=joined&limit=3', 'sort=name&direction=desc&limit=3'])
      expect((await read(`${base}/users?${other}&cursor=${cursor}`, admin)).body.code).toBe('invalid_cursor');
    const unknown = await read(`${base}/users?sort=email`, admin);
    expect(unknown).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('are shown with their last day of use and their second factor to admins and to themselves only', async () => {
    const { base, admin, leader, inA } = org;
    const today = new Date().toISOString().slice(0, 10);
    const path = `${base}/users/${inA.userId}?include=lastActive`;
    const list = `${base}/users?include=lastActive&search=ann`;
    await read(path, inA);
    const known = { lastActiveOn: today, twoFactor: false };
    await eventually(async () => (await read(path, admin)).body.lastActiveOn === today, 'the day is known');
    await eventually(async () => (await read(path, admin)).body.twoFactor === false, 'Clerk has told');
    expect((await read(path, inA)).body).toMatchObject(known);
    expect((await read(list, admin)).body.items).toMatchObject([known]);
    expect((await read(`${base}/users?search=ann`, admin)).body.items[0]).not.toHaveProperty('lastActiveOn');
    for (const answer of [(await read(path, leader)).body, (await read(list, leader)).body.items[0]]) {
      expect(answer).toMatchObject({ userId: inA.userId });
      expect(answer).not.toHaveProperty('lastActiveOn');
      expect(answer).not.toHaveProperty('twoFactor');
    }
  });

  it('are read by an admin, their leader and themselves; for others they are as if they never were', async () => {
    const { base, admin, leader, inA, inB } = org;
    const path = `${base}/users/${inA.userId}`;
    for (const reader of [admin, leader, inA]) expect((await read(path, reader)).status).toBe(200);
    const hidden = await read(path, inB);
    const never = await read(`${base}/users/user_never_was`, inB);
    const { requestId: _, ...answer } = hidden.body;
    expect(hidden.status).toBe(404);
    expect(never.body).toMatchObject(answer);
    expect((await read(`${base}/users/${inB.userId}`, leader)).status).toBe(404);
  });

  it('are changed by nobody below an admin, themselves included', async () => {
    const { base, leader, inA } = org;
    for (const person of [leader, inA]) {
      const promotion = await product.api(`${base}/users/${person.userId}`, {
        token: person.token,
        method: 'PATCH',
        body: { role: 'org_admin' },
        headers: { 'if-match': '"1"' },
      });
      expect(promotion).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  it('stay what they are when a body names more than one change, or an organization', async () => {
    const { inA } = org;
    for (const body of [
      { role: 'team_leader', status: 'deactivated' },
      { role: 'super_admin' },
      { role: 'team_leader', organizationId: 'platform' },
      {},
    ])
      expect(await change(org, inA, 'PATCH', body)).toMatchObject({
        status: 400,
        body: { code: 'validation_failed' },
      });
  });

  it('are out from the next request when they are deactivated, and in again when they are reactivated', async () => {
    const { base, admin, inB } = org;
    expect(await change(org, inB, 'PATCH', { status: 'deactivated' })).toMatchObject({
      status: 200,
      body: { status: 'deactivated' },
    });
    expect((await read('/api/me', inB)).body).toMatchObject({ status: 'pending', reason: 'deactivated' });
    const refused = await read(`${base}/users/${inB.userId}`, inB);
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(refused.body.title).toContain('deactivated');
    expect(emails(await read(`${base}/users?status=deactivated`, admin))).toEqual(['bob']);
    await change(org, inB, 'PATCH', { status: 'active' });
    expect((await read(`${base}/users/${inB.userId}`, inB)).status).toBe(200);
    expect((await change(org, admin, 'PATCH', { status: 'deactivated' })).body.code).toBe('last_admin');
  });

  it('have a role in their own organization only', async () => {
    const other = await organization('Elsewhere');
    const foreign = await read(`${org.base}/users`, other.admin);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const invited = await product.api(`${org.base}/invitations`, {
      token: other.admin.token,
      method: 'POST',
      body: { name: 'Spy', email: 'spy@elsewhere.example', role: 'org_admin' },
    });
    expect(invited.status).toBe(404);
  });
});

describe('inviting', () => {
  let org: Organization;
  beforeAll(async () => {
    org = await organization('Inviting');
  });

  it('is a leader’s for team members into their own team; they see those invitations only', async () => {
    const { base, leader, post, teamA, teamB, domain } = org;
    const person = (who: string, more: object) => ({
      name: who,
      email: `${who}@${domain}`,
      role: 'team_member',
      ...more,
    });
    expect((await post('/invitations', person('new', { teamId: teamA }), leader.token)).status).toBe(201);
    for (const more of [{}, { teamId: teamB }, { teamId: teamA, role: 'org_admin' }])
      expect(await post('/invitations', person('no', more), leader.token)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    expect(emails(await read(`${base}/invitations`, leader))).toEqual(['ann', 'new']);
    expect(emails(await read(`${base}/invitations`, org.admin))).toEqual(['ada', 'ann', 'bob', 'lea', 'new']);
  });

  it('many at once answers for each line', async () => {
    const { domain, post, teamA, leader } = org;
    const line = (who: string, more: object = {}) => ({
      name: who,
      email: `${who}@${domain}`,
      role: 'team_member',
      ...more,
    });
    const { status, body } = await post('/invitations/bulk', {
      invitations: [
        line('one'),
        line('ONE'),
        line('two', { role: 'owner' }),
        line('three', { teamId: teamA }),
      ],
    });
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { status: 'invited', invitation: { delivery: 'sent' } },
      { status: 'refused', code: 'already_exists' },
      { status: 'refused', code: 'validation_failed' },
      { status: 'invited', invitation: { teamId: teamA } },
    ]);
    const byLeader = await post(
      '/invitations/bulk',
      { invitations: [line('four', { teamId: teamA }), line('five')] },
      leader.token,
    );
    expect(byLeader.body.results).toMatchObject([{ status: 'invited' }, { code: 'forbidden' }]);
    const none = await post('/invitations/bulk', { invitations: [] });
    expect(none).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('reaches who was removed, with the account they have, and then other organizations too', async () => {
    const ghost = await org.join('ghost');
    expect((await change(org, ghost, 'DELETE')).status).toBe(200);
    const again = await org.join('ghost', { role: 'team_leader' });
    expect(again.userId).toBe(ghost.userId);
    expect((await read('/api/me', again)).body).toMatchObject({ user: { role: 'team_leader' } });

    const other = await organization('Another');
    const abroad = { name: 'Ghost', email: ghost.email, role: 'team_member' };
    const invited = await other.post('/invitations', abroad);
    expect(invited).toMatchObject({ status: 201, body: { status: 'pending', delivery: 'sent' } });
    await product.accept(ghost.email);
    const torn = await product.signIn(ghost.email);
    expect((await product.api('/api/me', { token: torn })).body).toMatchObject({
      status: 'pending',
      reason: 'member_elsewhere',
    });
    const faithful = await asPerson(ghost.email);
    expect((await read('/api/me', faithful)).body).toMatchObject({ organization: { id: org.id } });

    expect(await change(org, again, 'DELETE')).toMatchObject({ status: 200 });
    expect((await other.post(`/invitations/${invited.body.id}/resend`, {})).status).toBe(200);
    await product.accept(ghost.email);
    const moved = await asPerson(ghost.email);
    expect((await read('/api/me', moved)).body).toMatchObject({ organization: { id: other.id } });
  });
});

describe('what happens to an account at Clerk', () => {
  it('happens to the member: another name, another address, gone', async () => {
    const org = await organization('Clerk');
    const { base, admin, inA, domain } = org;
    await product.clerk.users.updateUser(inA.userId, { firstName: 'Anna', lastName: 'Neumann' });
    const path = `${base}/users/${inA.userId}`;
    const named = await eventually(async () => {
      const { body } = await read(path, admin);
      return body.name === 'Anna Neumann' && body;
    }, 'the name has followed');
    expect(named.email).toBe(`ann@${domain}`);
    const { members } = (await read(`${base}/teams/${org.teamA}`, admin)).body;
    expect(members.map(({ name }: { name: string }) => name)).toContain('Anna Neumann');
    await product.clerk.users.deleteUser(inA.userId);
    await eventually(async () => (await read(path, admin)).status === 404, 'the member is removed');
    expect(emails(await read(`${base}/users?teamId=${org.teamA}`, admin))).toEqual(['lea']);
  });
});

describe('the hourly run', () => {
  it('sends what is queued and gives back the seat of what has expired, under its own rights', async () => {
    const org = await organization('Hourly');
    const invite = (who: string) =>
      org.post('/invitations', { name: who, email: `${who}@hourly.example`, role: 'team_member' });
    const [late, queued] = [await invite('late'), await invite('queued')];
    const longAgo = '2026-01-01T00:00:00.000Z';
    await people.setInvitation(org.id, late.body.id, { validUntil: longAgo });
    await people.setInvitation(org.id, queued.body.id, { delivery: 'queued', updatedAt: longAgo });
    for (const { name } of product.aws
      .schedules()
      .filter((schedule) => schedule.name.includes('Invitations')))
      expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
    const { items } = (await read(`${org.base}/invitations`, org.admin)).body;
    const now = (id: string) => items.find((invitation: { id: string }) => invitation.id === id);
    expect(now(queued.body.id)).toMatchObject({ status: 'pending', delivery: 'sent' });
    expect(now(late.body.id)).toMatchObject({ status: 'expired', revision: late.body.revision + 1 });
    const { counts } = (await product.api(`/api/admin/organizations/${org.id}`, { token: superAdmin })).body;
    expect(counts.pendingInvitations).toBe(1);
    expect((await invite('late')).status).toBe(201);
  });
});
