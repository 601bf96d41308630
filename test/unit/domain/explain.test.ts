import { describe, expect, it } from 'vitest';
import { explain } from '../../../domain/access/explain.ts';
import type { Member } from '../../../domain/access/member.ts';
import type { Role } from '../../../domain/access/roles.schema.ts';
import { newOrganizationId, newTeamId, PLATFORM } from '../../../domain/ids.ts';

const organizationId = newOrganizationId(new Date());
const [led, joined] = [newTeamId(new Date()), newTeamId(new Date())];
const member = (role: Role): Member => ({
  role,
  userId: 'user_1',
  organizationId: role === 'super_admin' ? PLATFORM : organizationId,
  teams: { [led]: 'leader', [joined]: 'member' },
});
const update = { action: 'update', subject: 'Team' } as const;

describe('an explanation', () => {
  it('names the rule that allows it', () => {
    expect(explain(member('team_leader'), update, { organizationId, teamId: led })).toEqual({
      allowed: true,
      reason: 'A team_leader may update Team of a team they lead (only name, description).',
      rules: [{ rule: 'update Team of a team they lead (only name, description)', holds: true }],
    });
  });

  it('names the rules that would have, had they held', () => {
    const { allowed, reason, rules } = explain(member('team_leader'), update, {
      organizationId,
      teamId: joined,
    });
    expect(allowed).toBe(false);
    expect(reason).toContain('here none does');
    expect(rules).toEqual([
      { rule: 'update Team of a team they lead (only name, description)', holds: false },
    ]);
  });

  it('says that there is no such rule at all', () => {
    const { allowed, reason, rules } = explain(member('team_member'), update, {
      organizationId,
      teamId: joined,
    });
    expect([allowed, rules]).toEqual([false, []]);
    expect(reason).toBe('No rule lets a team_member update Team, and what no rule allows is refused.');
  });

  it('without a thing says whether there may be one', () => {
    expect(explain(member('team_leader'), update)).toMatchObject({
      allowed: true,
      reason: 'On some: a team_leader may update Team of a team they lead (only name, description).',
    });
    expect(explain(member('team_member'), update)).toMatchObject({ allowed: false });
  });

  it('of the super admin is one rule for everything', () => {
    expect(explain(member('super_admin'), update, { organizationId, teamId: led })).toMatchObject({
      allowed: true,
      reason: 'A super_admin may do everything with anything in any organization.',
    });
  });
});
