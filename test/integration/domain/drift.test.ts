import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DriftRun } from '../../../domain/drift/drift.schema.ts';
import { latestDriftRuns } from '../../../domain/drift/drift-runs.ts';
import { requestDriftRun } from '../../../domain/drift/request-drift-run.ts';
import { newInvitationId, newOrganizationId } from '../../../domain/ids.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { unavailable } from '../../../functions/clerk/api.ts';
import {
  account,
  type Call,
  call,
  clerk,
  invited,
  letterOf,
  peopled,
  platform,
  providerOf,
  revoke,
  startDrift,
  starting,
  stopDrift,
  told,
} from './support/drift.ts';
import { now, superAdmin } from './support/founding.ts';

beforeAll(startDrift);
afterAll(stopDrift);

const differing = async () => told(await starting()({ dryRun: true }));

describe('webhooks that were lost for a day', () => {
  it('are made good by one run, after which nothing differs', async () => {
    const { scope, admin, people } = await peopled('Lost', 'renata', 'gina', 'mona', 'fay');
    const [renamed, gone, moved, factor] = people;
    if (!renamed || !gone || !moved || !factor) throw new Error('nobody has joined');
    expect((await requireOrganizationWithCounts(scope)).counts.users).toBe(5);
    expect(await differing()).toEqual([]);
    // A day without webhooks.
    await clerk.client.users.updateUser(renamed, { firstName: 'Renata', lastName: 'New' });
    await clerk.client.users.deleteUser(gone);
    await clerk.client.users.updateUserMetadata(moved, { publicMetadata: { organizationId: null } });
    const late = await invited(scope, 'june');
    const joined = await account(scope, late.invitationId, late.email, 'June');
    const revoked = await invited(scope, 'rex');
    const letter = await letterOf(scope, revoked.invitationId, revoked.email);
    await revoke(scope, revoked.invitationId);
    const found = [
      ['details', renamed, 'found', 'name'],
      ['organization', moved, 'found'],
      ['joining', joined, 'found'],
      ['account', gone, 'found'],
      ['letter', letter.id, 'found'],
    ];
    expect(await differing()).toEqual(found);
    const run = await starting()();
    expect(told(run)).toEqual(found.map(([kind, of, , ...more]) => [kind, of, 'repaired', ...more]));
    expect(run?.counts).toEqual({ found: 0, repaired: 5, moved: 0, needs_person: 0 });
    expect(await findUser(scope, renamed)).toMatchObject({ name: 'Renata New' });
    expect(await findUser(scope, gone)).toBeNull();
    expect(await findUser(scope, joined)).toMatchObject({ email: late.email, role: 'team_member' });
    expect((await clerk.client.users.getUser(moved)).publicMetadata).toMatchObject({
      organizationId: scope.organizationId,
    });
    const open = await clerk.client.invitations.getInvitationList({ status: 'pending' });
    expect(open.data.map(({ id }) => id)).not.toContain(letter.id);
    expect(await findUser(scope, admin)).toMatchObject({ role: 'org_admin', status: 'active' });
    expect(await differing()).toEqual([]);
  });

  it('change nothing in a dry run, which says what a run would repair', async () => {
    const { scope, people } = await peopled('Dry', 'dora');
    const [dora] = people;
    if (dora === undefined) throw new Error('nobody has joined');
    await clerk.client.users.updateUser(dora, { firstName: 'Theodora' });
    const run = await starting()({ dryRun: true });
    expect([run?.dryRun, run?.counts]).toEqual([true, { found: 1, repaired: 0, moved: 0, needs_person: 0 }]);
    expect(await findUser(scope, dora)).toMatchObject({ name: 'dora', revision: 1 });
    await starting()();
  });
});

describe('what is repaired', () => {
  it('is still as it was compared: what changed since, here or at Clerk, waits for the next run', async () => {
    const { scope, people } = await peopled('Moving', 'mia', 'moe');
    const [mia, moe] = people;
    if (!mia || !moe) throw new Error('nobody has joined');
    for (const id of people) await clerk.client.users.updateUser(id, { lastName: 'One' });
    const provider = providerOf(now);
    const { differences } = await provider.compare('people', undefined);
    expect(differences.map(({ of }) => of)).toEqual([mia, moe]);
    await clerk.client.users.updateUser(mia, { lastName: 'Two' });
    await updateUser({ scope, actor: superAdmin, now }, { userId: moe, role: 'team_leader', revision: 1 });
    for (const difference of differences)
      expect(await provider.repair(difference)).toEqual({ result: 'moved' });
    // A user who has rejoined since isn't removed, and an invitation that is open again isn't revoked.
    expect(await provider.repair({ kind: 'account', of: mia, revision: 1 })).toEqual({ result: 'moved' });
    const asked = await invited(scope, 'max');
    const { id: of } = await letterOf(scope, asked.invitationId, asked.email);
    const letter = { kind: 'letter', of, ...asked, organizationId: scope.organizationId } as const;
    expect(await provider.repair({ ...letter, clerkTime: 1, revision: 1 })).toEqual({ result: 'moved' });
    expect(await findUser(scope, moe)).toMatchObject({ name: 'moe', role: 'team_leader' });
    expect((await starting()())?.counts).toMatchObject({ repaired: 2, moved: 0 });
    expect(await findUser(scope, mia)).toMatchObject({ name: 'mia Two' });
    expect(await findUser(scope, moe)).toMatchObject({ name: 'moe One', role: 'team_leader' });
  });

  it('leaves to a person what only a person can settle, and says why', async () => {
    const { scope, admin, people } = await peopled('Unsettled', 'ulf', 'una');
    const [ulf, una] = people;
    if (!ulf || !una) throw new Error('nobody has joined');
    // ulf's account now has una's address, and hers another.
    await clerk.client.users.updateUser(ulf, { lastName: 'U' });
    await clerk.client.users.deleteUser(admin);
    const moved: Call = async (method, path, body) => {
      const answer = await call(method, path, body);
      const text = method === 'GET' ? await answer.text() : '';
      return method === 'GET'
        ? new Response(text.replaceAll('ulf@drift', 'una@drift'), { status: answer.status })
        : answer;
    };
    const unsettled = [
      ['details', ulf, 'needs_person', 'address_taken', 'email'],
      ['account', admin, 'needs_person', 'left_without_admin'],
    ];
    const first = told(await starting({ through: moved })());
    expect(first?.map(([kind, of, outcome, reason]) => [kind, of, outcome, reason])).toEqual(
      unsettled.map((each) => each.slice(0, 4)),
    );
    expect(await findUser(scope, ulf)).toMatchObject({ name: 'ulf U', email: 'ulf@drift.example' });
    expect(await findUser(scope, admin)).toMatchObject({ status: 'deactivated' });
    expect(told(await starting({ through: moved })())).toEqual(unsettled);
    await clerk.client.users.deleteUser(ulf);
    await clerk.client.users.deleteUser(una);
  });
});

describe('a list that people change while it is read', () => {
  it('may repeat a row or lose one: the other part of the run finds it, and each counts once', async () => {
    const { people } = await peopled('Shifting', 'sam', 'sue', 'sid');
    const [sam, sue, sid] = people;
    if (!sam || !sue || !sid) throw new Error('nobody has joined');
    for (const id of people) await clerk.client.users.updateUser(id, { lastName: 'Shift' });
    const shifting: Call = async (method, path, body) => {
      const answer = await call(method, path, body);
      if (!path.startsWith('/users?order_by')) return answer;
      const rows: { id: string }[] = await answer.json();
      const without = rows.filter(({ id }) => id !== sam);
      return Response.json([...without, ...without.filter(({ id }) => id === sue)]);
    };
    const run = await starting({ through: shifting })();
    expect(run?.counts).toMatchObject({ repaired: 3, moved: 0 });
    expect((await differing())?.map(([kind]) => kind)).not.toContain('details');
  });

  it('takes nobody for gone whom it has only lost', async () => {
    const { scope, people } = await peopled('Overlooked', 'otto');
    const [otto] = people;
    if (otto === undefined) throw new Error('nobody has joined');
    const losing: Call = async (method, path, body) => {
      const answer = await call(method, path, body);
      if (!path.startsWith('/users?')) return answer;
      const rows: { id: string }[] = await answer.json();
      return Response.json(rows.filter(({ id }) => id !== otto));
    };
    const run = await starting({ through: losing })();
    expect(run?.entries.filter(({ of }) => of === otto)).toEqual([]);
    expect(await findUser(scope, otto)).not.toBeNull();
  });

  it('may move up by what is accepted meanwhile: no letter is overlooked', async () => {
    const rows = Array.from({ length: 240 }, (_, index) => ({
      ...{ id: `inv_${index}`, updated_at: index },
      public_metadata: { organizationId: newOrganizationId(now), invitationId: newInvitationId(now) },
    }));
    const seen = new Set<string>();
    let waiting = rows;
    const paging: Call = async (method, path) => {
      if (method === 'POST') return Response.json({});
      if (!path.startsWith('/invitations')) return await call(method, path);
      const query = new URL(path, 'http://clerk').searchParams;
      const offset = Number(query.get('offset'));
      const page = waiting.slice(offset, offset + Number(query.get('limit')));
      for (const { id } of page) seen.add(id);
      // Those at the end of the page are accepted, and some before them.
      if (offset === 0) waiting = waiting.filter((_, index) => index < 60 || index >= 100);
      return Response.json(page);
    };
    const run = await starting({ through: paging })({ dryRun: true });
    expect(run?.status).toBe('done');
    expect(seen.size).toBe(rows.length);
  });
});

describe('a Clerk that has no time', () => {
  it('is asked again and again; after an hour of 429 the run goes on where it was at the next start', async () => {
    await peopled('Busy', 'ben');
    const asked: string[] = [];
    let busy = true;
    const throttled: Call = async (method, path, body) => {
      asked.push(path);
      if (busy && path.startsWith('/invitations')) throw unavailable(new Error('Clerk: 429'));
      return await call(method, path, body);
    };
    let elapsed = 0;
    const patient = {
      through: throttled,
      pause: async (ms: number) => {
        elapsed += ms;
      },
      left: () => 600_000 - elapsed,
    };
    const first = await starting(patient)();
    expect(first).toMatchObject({ status: 'waiting', position: { sweep: 'letters' } });
    expect(first?.waits).toBeGreaterThan(8);
    // Each wait is twice the previous one, up to a minute.
    expect(elapsed).toBeLessThan(600_000);
    await expect(
      requestDriftRun({ scope: platform(), actor: superAdmin, now }, { dryRun: true }, async () => undefined),
    ).rejects.toMatchObject({ code: 'conflict' });
    // The next hour fails as well.
    elapsed = 0;
    expect((await starting(patient)())?.attempts).toBe(2);
    busy = false;
    elapsed = 0;
    asked.length = 0;
    const last = await starting(patient)();
    expect(last).toMatchObject({ status: 'done', attempts: 3, startedAt: first?.startedAt });
    expect(asked.filter((path) => path.startsWith('/users'))).toEqual([]);
  });

  it('keeps the scheduled run from beginning anew: days lost end one run late, and the next begins at once', async () => {
    const hour = (count: number) => new Date(now.getTime() + count * 3_600_000);
    const away = () => Promise.reject(unavailable(new Error('Clerk: 503')));
    const scheduled = { requestedBy: undefined };
    const begun = await starting({ at: hour(30), through: away, left: () => 0 })(scheduled);
    expect(begun?.status).toBe('waiting');
    // The function isn't started for three days.
    const late = await starting({ at: hour(102) })(scheduled);
    expect(late).toMatchObject({ status: 'done', startedAt: begun?.startedAt, attempts: 2 });
    const following = await starting({ at: hour(103) })(scheduled);
    expect(following).toMatchObject({ status: 'done', startedAt: hour(103).toISOString(), attempts: 1 });
    expect(await starting({ at: hour(104) })(scheduled)).toBeNull();
    expect((await starting({ at: hour(124) })(scheduled))?.startedAt).toBe(hour(124).toISOString());
  });
});

describe('two starts at once', () => {
  it('end in one run: the later goes on, the earlier stops', async () => {
    const at = new Date(now.getTime() + 200 * 3_600_000);
    let later: DriftRun | null = null;
    const overtaken = starting({
      at,
      through: async (...asked) => {
        later ??= await starting({ at })();
        return await call(...asked);
      },
    });
    await expect(overtaken()).rejects.toMatchObject({ code: 'conflict' });
    expect(later).toMatchObject({ status: 'done', attempts: 2 });
    const [latest] = await latestDriftRuns(platform(), 1);
    expect(latest).toMatchObject({ status: 'done', startedAt: at.toISOString() });
  });
});
