import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { type InvitationId, newTeamId } from '../../../domain/ids.ts';
import { requireInvitation } from '../../../domain/invitation/find-invitation.ts';
import type { Invitation, NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { inviteMany } from '../../../domain/invitation/invite-many.ts';
import { invitationsAfter, invitationsOfStatus } from '../../../domain/invitation/list-invitations.ts';
import { previewInvitations } from '../../../domain/invitation/preview-invitations.ts';
import { revokeInvitation } from '../../../domain/invitation/revoke-invitation.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, sender } from './support/founding.ts';
import { organizationOf as organizationIn } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const organizationOf = (name: string) => organizationIn(plane, name);
const person = (email: string, more: Partial<NewInvitation> = {}): NewInvitation => ({
  email,
  name: 'Pat Person',
  role: 'team_member',
  ...more,
});
const pending = async (scope: OrganizationScope) =>
  (await requireOrganizationWithCounts(scope)).counts.pendingInvitations;

describe('many invitations at once', () => {
  const many = async (name: string, plan: Plan, lines: readonly object[], faults = sender()) => {
    const { scope, actor } = await organizationOf(name);
    const organization = {
      ...(await requireOrganizationWithCounts(scope)),
      subscription: { plan, startDate: '2026-11-01' },
    };
    const withAddress = lines.map((line) => ({ email: '', ...line }));
    const permit = ({ role }: NewInvitation) => {
      if (role === 'org_admin') throw new AppError('forbidden', 'not you');
    };
    const inviting = { lines: withAddress, organization, sender: faults, permit };
    return { scope, ...(await inviteMany({ scope, actor, now }, inviting)) };
  };

  it('answer a result a line, and one that is refused keeps no other', async () => {
    const { results, scope } = await many('Lines', 'growth', [
      person('a@lines.example'),
      person(' A@Lines.example '),
      person('not an address'),
      { email: 'b@lines.example' },
      person('c@lines.example', { role: 'org_admin' }),
      person('admin@lines.example'),
      person('d@lines.example'),
    ]);
    expect(results.map(({ index, status, code }) => [index, status, code])).toEqual([
      [0, 'invited', undefined],
      [1, 'refused', 'already_exists'],
      [2, 'refused', 'validation_failed'],
      [3, 'refused', 'validation_failed'],
      [4, 'refused', 'forbidden'],
      [5, 'refused', 'already_exists'],
      [6, 'invited', undefined],
    ]);
    expect(results[1]?.message).toContain('line 1');
    expect(results[3]?.message).toMatch(/name.*role/);
    expect(results[3]?.fields?.map(({ path }) => path)).toEqual(['name', 'role']);
    expect(await pending(scope)).toBe(2);
  });

  it('are given exactly the seats that are left', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => person(`p${index}@full.example`));
    const { results, scope } = await many('Full', 'starter', lines);
    expect(results.filter(({ status }) => status === 'invited')).toHaveLength(9);
    expect(new Set(results.map(({ code }) => code))).toEqual(new Set([undefined, 'entitlement_exceeded']));
    expect(await pending(scope)).toBe(9);
  });

  it('are kept when the provider takes no more', async () => {
    const away = sender({ send: async () => ({ delivery: 'queued' }) });
    const lines = Array.from({ length: 5 }, (_, index) => person(`p${index}@slow.example`));
    const { results } = await many('Slow', 'growth', lines, away);
    expect(results.filter(({ invitation }) => invitation?.delivery === 'queued')).toHaveLength(5);
  });
});

describe('a list of invitations that is tried first', () => {
  it('says who is here, who is invited, what is wrong and for whom no seat is left, and invites nobody', async () => {
    const { scope, actor, admin } = await organizationOf('Tried');
    const organization = { ...onPlan('starter'), allowedDomains: ['tried.example', 'people.example'] };
    await invite({ scope, actor, now }, { person: person('open@tried.example'), organization }, sender());
    const { email } = await requireUser(scope, admin);
    const { teamId } = { teamId: newTeamId(now) };
    const lines = [
      person('new@tried.example'),
      person('open@tried.example'),
      person('new@tried.example'),
      person('no@elsewhere.example'),
      person('into@tried.example', { teamId }),
      { email: 'nobody' },
      person(email),
      ...Array.from({ length: 9 }, (_, index) => person(`more${index}@tried.example`)),
    ];
    const before = await pending(scope);
    const preview = await previewInvitations(
      { scope, actor, now },
      { lines, organization, permit: () => undefined },
    );
    expect(preview).toMatchObject({ applied: false, seatsLeft: 8 });
    expect(
      preview.results.map(({ status, reason, fields }) => [status, reason ?? fields?.[0]?.path]),
    ).toEqual([
      ['invited', undefined],
      ['refused', 'already_invited'],
      ['refused', 'address_listed_twice'],
      ['refused', 'address_not_allowed'],
      ['refused', 'invited_team_not_found'],
      ['refused', 'email'],
      ['refused', 'user_is_a_member'],
      ...Array.from({ length: 7 }, () => ['invited', undefined]),
      ['refused', 'seats_used_up'],
      ['refused', 'seats_used_up'],
    ]);
    expect(await pending(scope)).toBe(before);
  });

  it('takes the address of an invitation that has run out for free', async () => {
    const { scope, actor } = await organizationOf('RunOut');
    const organization = onPlan('starter');
    const once = person('late@runout.example', { expiresInDays: 1 });
    await invite({ scope, actor, now }, { person: once, organization }, sender());
    const later = new Date(now.getTime() + 2 * 86_400_000);
    const list = { lines: [person('late@runout.example')], organization, permit: () => undefined };
    const { results } = await previewInvitations({ scope, actor, now: later }, list);
    expect(results).toMatchObject([{ status: 'invited' }]);
  });
});

describe('an invitation that is taken back while its letter is on the way', () => {
  it('stays taken back, and the letter is no good', async () => {
    const { scope, actor } = await organizationOf('Overtaken');
    const withdrawn: string[] = [];
    const overtaken = sender({
      withdraw: async (letter) => void withdrawn.push(letter),
      async send({ invitationId }) {
        await revokeInvitation(
          { scope, actor, now },
          { stored: await requireInvitation(scope, invitationId), revision: 1 },
          sender(),
        );
        return { delivery: 'sent', providerId: 'a late letter' };
      },
    });
    const after = await invite(
      { scope, actor, now },
      { person: person('a@overtaken.example'), organization: onPlan('growth') },
      overtaken,
    );
    expect(after).toMatchObject({ status: 'revoked', delivery: 'queued', revision: 2 });
    expect(withdrawn).toEqual(['a late letter']);
    expect(await pending(scope)).toBe(0);
  });
});

describe('the invitations of one status', () => {
  it('are those by the clock, from no more than a request may read', async () => {
    const { scope, actor } = await organizationOf('Statuses');
    const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
    for (const [place, expiresInDays] of [30, 1, 1, 30, 1].entries())
      await invite(
        { scope, actor, now: at(place * 60_000) },
        { person: person(`p${place}@statuses.example`, { expiresInDays }), organization: onPlan('growth') },
        sender(),
      );
    const list = (position: InvitationId | undefined, count: number) =>
      invitationsAfter(scope, position, count, at(2 * 86_400_000));
    const pages = async (
      status: Invitation['status'],
      limit: number,
      position?: InvitationId,
    ): Promise<string[][]> => {
      const { items, next } = await invitationsOfStatus(list, { status, position, limit }, 2);
      const found = items.map(({ email }) => email.slice(0, 2));
      return [found, ...(next === null ? [] : await pages(status, limit, next))];
    };
    expect(await pages('expired', 25)).toEqual([['p4'], ['p2', 'p1'], []]);
    expect(await pages('pending', 25)).toEqual([['p3'], [], ['p0']]);
    expect(await pages('expired', 1)).toEqual([['p4'], ['p2'], ['p1'], []]);
    // The founder was invited first.
    expect(await pages('accepted', 25)).toEqual([[], [], ['ad']]);
  });
});
