import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import { newTeamId, type OrganizationId, UserId } from '../../../domain/ids.ts';
import { acceptInvitation } from '../../../domain/invitation/accept-invitation.ts';
import { requireInvitation } from '../../../domain/invitation/find-invitation.ts';
import type { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { invitationsAfter, invitationsIntoTeams } from '../../../domain/invitation/list-invitations.ts';
import { maintainInvitations, maintainShard } from '../../../domain/invitation/maintain-invitations.ts';
import { revokeInvitation } from '../../../domain/invitation/revoke-invitation.ts';
import type { InvitationSender } from '../../../domain/invitation/send-invitation.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { requireTeam } from '../../../domain/team/find-team.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { claimsOf } from './support/claims.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, sender, superAdmin } from './support/founding.ts';
import { organizationOf as organizationIn } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const organizationOf = (name: string) => organizationIn(plane, name);
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const keeper: Actor = { by: 'system:invitations', role: 'system', requestId: 'run' };
const person = (email: string, more: Partial<NewInvitation> = {}): NewInvitation => ({
  email,
  name: 'Pat Person',
  role: 'team_member',
  ...more,
});
const pending = async (scope: OrganizationScope) =>
  (await requireOrganizationWithCounts(scope)).counts.pendingInvitations;
const teamIn = async (scope: OrganizationScope, name: string) =>
  (await createTeam({ scope, actor: superAdmin, now }, { name, plan: 'growth' })).id;
const away: InvitationSender = sender({ send: async () => ({ delivery: 'queued' }) });

describe('an invitation whose time is over', () => {
  it('gives back its seat and its address by the hourly run, once', async () => {
    const { scope, actor } = await organizationOf('Overdue');
    await invite(
      { scope, actor, now },
      { person: person('late@overdue.example', { expiresInDays: 3 }), organization: onPlan('growth') },
      sender(),
    );
    expect(await maintainInvitations({ scope, actor: keeper, now: later(2) }, sender())).toMatchObject({
      expired: 0,
    });
    const runs = await Promise.all(
      [1, 2].map(() => maintainInvitations({ scope, actor: keeper, now: later(3) }, sender())),
    );
    expect(runs.reduce((sum, { expired }) => sum + expired, 0)).toBe(1);
    expect(await pending(scope)).toBe(0);
    const listed = await invitationsAfter(scope, undefined, 10, later(3));
    expect(listed.find(({ email }) => email === 'late@overdue.example')).toMatchObject({ status: 'expired' });
  });

  it('ends at its organization’s turn, however long the run has taken by then', async () => {
    // More than there are shards, so at least two are in the same run.
    const names = Array.from({ length: directoryShards + 1 }, (_, index) => `Turn${index}`);
    const scopes = await Promise.all(
      names.map(async (name) => {
        const { scope, actor } = await organizationOf(name);
        await invite(
          { scope, actor, now },
          { person: person(`late@${scope.organizationId}.example`), organization: onPlan('growth') },
          sender(),
        );
        return scope;
      }),
    );
    let minutes = 0;
    const clock = () => new Date(later(30).getTime() + 60_000 * ++minutes);
    const open = (id: OrganizationId) => withinOrganization(plane, id);
    const parts = {
      directory: plane,
      platform: platformScope(plane),
      open,
      sender: sender(),
      link: async () => {},
    };
    for (let shard = 0; shard < directoryShards; shard += 1)
      await maintainShard(parts, { shard, actor: keeper }, clock);
    const endings = async (scope: OrganizationScope) =>
      (await invitationsAfter(scope, undefined, 10, later(31))).filter(({ status }) => status === 'expired');
    const times = (await Promise.all(scopes.map(endings))).flat().map(({ updatedAt }) => updatedAt);
    expect(new Set(times).size).toBe(scopes.length);
  });

  it('doesn’t stand in the way of a new one, though the hourly run has not come yet', async () => {
    const { scope, actor } = await organizationOf('Anew');
    const old = await invite(
      { scope, actor, now },
      { person: person('again@anew.example'), organization: onPlan('growth') },
      sender(),
    );
    const next = await invite(
      { scope, actor, now: later(14) },
      { person: person('again@anew.example'), organization: onPlan('growth') },
      sender(),
    );
    expect(next.status).toBe('pending');
    expect(await pending(scope)).toBe(1);
    const userId = UserId.parse('user_again');
    const { email } = next;
    const withOld = { userId, email, invitationId: old.id };
    expect(await acceptInvitation({ scope, actor, now: later(15) }, withOld, claimsOf(scope))).toMatchObject({
      reason: 'invitation_expired',
    });
    const withNew = { userId, email, invitationId: next.id };
    expect(await acceptInvitation({ scope, actor, now: later(15) }, withNew, claimsOf(scope))).toMatchObject({
      admitted: true,
    });
  });

  it('can be taken back after it has lost its seat, which is not given back twice', async () => {
    const { scope, actor } = await organizationOf('Both');
    const { id } = await invite(
      { scope, actor, now },
      { person: person('gone@both.example'), organization: onPlan('growth') },
      sender(),
    );
    await maintainInvitations({ scope, actor: keeper, now: later(14) }, sender());
    const listed = await invitationsAfter(scope, undefined, 10, later(14));
    const revision = listed.find((each) => each.id === id)?.revision ?? 0;
    const revocation = { stored: await requireInvitation(scope, id), revision };
    expect(await revokeInvitation({ scope, actor, now: later(14) }, revocation, sender())).toMatchObject({
      status: 'revoked',
    });
    expect(await pending(scope)).toBe(0);
  });
});

describe('an invitation that could not be sent', () => {
  it('is sent by the hourly run, and by no two of them', async () => {
    const { scope, actor } = await organizationOf('Queue');
    for (const name of ['a', 'b', 'c'])
      await invite(
        { scope, actor, now },
        { person: person(`${name}@queue.example`), organization: onPlan('growth') },
        away,
      );
    const tooSoon = new Date(now.getTime() + 60_000);
    expect(await maintainInvitations({ scope, actor: keeper, now: tooSoon }, sender())).toMatchObject({
      sent: 0,
      waiting: 0,
    });
    let room = 2;
    const nearlyFull = sender({
      send: async ({ invitationId }) =>
        room-- > 0 ? { delivery: 'sent', providerId: `at-clerk-${invitationId}` } : { delivery: 'queued' },
    });
    expect(await maintainInvitations({ scope, actor: keeper, now: later(1) }, nearlyFull)).toMatchObject({
      sent: 2,
      waiting: 1,
    });
    expect(await maintainInvitations({ scope, actor: keeper, now: later(1) }, sender())).toMatchObject({
      sent: 1,
      waiting: 0,
    });
    expect(await maintainInvitations({ scope, actor: keeper, now: later(1) }, sender())).toMatchObject({
      sent: 0,
      waiting: 0,
    });
  });
});

describe('an organization that allows some mail domains', () => {
  it('refuses every other, subdomains included, and any when it names none', async () => {
    const { scope, actor } = await organizationOf('Domains');
    const subscription = { plan: 'growth' as const, startDate: '2026-11-01' };
    const attempt = (email: string, allowedDomains: string[]) =>
      invite(
        { scope, actor, now },
        { person: person(email), organization: { allowedDomains, subscription } },
        sender(),
      );
    for (const email of ['a@elsewhere.example', 'a@sub.domains.example', 'domains.example@evil.example'])
      await expect(attempt(email, ['domains.example'])).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [{ path: 'email' }],
      });
    expect(await attempt('a@domains.example', ['domains.example'])).toMatchObject({ status: 'pending' });
    expect(await attempt('a@elsewhere.example', [])).toMatchObject({ status: 'pending' });
  });
});

describe('an invitation into a team', () => {
  const invitee = async (scope: OrganizationScope, id: string, more: Partial<NewInvitation>) => {
    const email = `${id}@into.example`;
    const invitation = await invite(
      { scope, actor: superAdmin, now },
      { person: person(email, more), organization: onPlan('growth') },
      sender(),
    );
    const userId = UserId.parse(`user_${id}`);
    return {
      userId,
      accept: () =>
        acceptInvitation(
          { scope, actor: superAdmin, now },
          { userId, email, invitationId: invitation.id },
          claimsOf(scope),
        ),
    };
  };

  it('puts who accepts into it, as what they were invited for, however often they do', async () => {
    const { scope } = await organizationOf('Into');
    const teamId = await teamIn(scope, 'Sales');
    const lead = await invitee(scope, 'lead', { teamId, teamRole: 'leader', role: 'team_leader' });
    const mia = await invitee(scope, 'mia', { teamId });
    await Promise.all([lead.accept(), mia.accept(), mia.accept()]);
    expect(await findUser(scope, lead.userId)).toMatchObject({ teams: { [teamId]: 'leader' } });
    expect(await findUser(scope, mia.userId)).toMatchObject({ teams: { [teamId]: 'member' } });
    const { item, members } = await requireTeam(scope, teamId);
    expect(item).toMatchObject({ memberCount: 2, leaderId: lead.userId });
    expect(members.map(({ role }) => role).sort()).toEqual(['leader', 'member']);
  });

  it('admits also when the team is gone, and as a member when somebody else leads it', async () => {
    const { scope } = await organizationOf('Gone');
    const [gone, led] = [await teamIn(scope, 'Gone'), await teamIn(scope, 'Led')];
    const late = await invitee(scope, 'late', { teamId: gone });
    const { item } = await requireTeam(scope, gone);
    await deleteTeam({ scope, actor: superAdmin, now }, { teamId: gone, revision: item.revision });
    expect(await late.accept()).toMatchObject({ admitted: true, user: { teams: {} } });
    const asLeader = { teamId: led, teamRole: 'leader' as const, role: 'team_leader' as const };
    const [one, two] = [await invitee(scope, 'one', asLeader), await invitee(scope, 'two', asLeader)];
    expect(await one.accept()).toMatchObject({ user: { teams: { [led]: 'leader' } } });
    expect(await two.accept()).toMatchObject({ user: { teams: { [led]: 'member' } } });
  });

  it('is refused for a team that is not there, and writes nothing', async () => {
    const { scope, actor } = await organizationOf('Nowhere');
    const attempt = invite(
      { scope, actor, now },
      { person: person('a@nowhere.example', { teamId: newTeamId(now) }), organization: onPlan('growth') },
      sender(),
    );
    await expect(attempt).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'teamId' }] });
    expect(await pending(scope)).toBe(0);
  });
});

describe('the list of a leader', () => {
  it('shows the team members invited into the teams they lead, in pages, and nothing else', async () => {
    const { scope, actor } = await organizationOf('Teams');
    const [first, second, other] = [
      await teamIn(scope, 'First'),
      await teamIn(scope, 'Second'),
      await teamIn(scope, 'Other'),
    ];
    const invited: string[] = [];
    for (const [index, teamId] of [first, second, other, first, second, first].entries()) {
      const at = new Date(now.getTime() + index);
      const { id } = await invite(
        { scope, actor, now: at },
        { person: person(`p${index}@teams.example`, { teamId }), organization: onPlan('growth') },
        sender(),
      );
      if (teamId !== other) invited.unshift(id);
    }
    const boss = person('boss@teams.example', { teamId: first, role: 'team_leader' });
    await invite({ scope, actor, now }, { person: boss, organization: onPlan('growth') }, sender());
    await invite(
      { scope, actor, now },
      { person: person('loose@teams.example'), organization: onPlan('growth') },
      sender(),
    );
    const read = (position: Parameters<typeof invitationsIntoTeams>[2], limit: number) =>
      invitationsIntoTeams(scope, [first, second], position, limit, now);
    expect((await read(undefined, 100)).map(({ id }) => id)).toEqual(invited);
    const page = await read(undefined, 2);
    expect((await read(page.at(-1)?.id, 100)).map(({ id }) => id)).toEqual(invited.slice(2));
    expect(await invitationsIntoTeams(scope, [], undefined, 100, now)).toEqual([]);
  });
});
