import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { requireInvitation } from '../../../domain/invitation/find-invitation.ts';
import type { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { inviteMany } from '../../../domain/invitation/invite-many.ts';
import { revokeInvitation } from '../../../domain/invitation/revoke-invitation.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
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
