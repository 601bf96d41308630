import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abilityOf, allows, rulesFor } from '../../../domain/access/ability.ts';
import { explain } from '../../../domain/access/explain.ts';
import { type Member, teamsLed } from '../../../domain/access/member.ts';
import { actions } from '../../../domain/access/permission.ts';
import { roles } from '../../../domain/access/roles.schema.ts';
import type { Instance } from '../../../domain/access/rules.ts';
import { newOrganizationId, newTeamId, PLATFORM } from '../../../domain/ids.ts';
import { subjects } from '../../../domain/nouns.ts';

const now = new Date('2026-11-25T12:00:00.000Z');
const organizations = [newOrganizationId(now), newOrganizationId(now)];
const teams = [newTeamId(now), newTeamId(now), newTeamId(now)];
const users = ['user_1', 'user_2', 'user_3'];

const tenantRoles = roles.filter((role) => role !== 'super_admin');
const teamMap = fc.subarray(teams).chain((own) =>
  fc
    .array(fc.constantFrom('leader' as const, 'member' as const), {
      minLength: own.length,
      maxLength: own.length,
    })
    .map((as) => Object.fromEntries(own.map((team, index) => [team, as[index] ?? 'member']))),
);
const someone = fc.record<Member>({
  role: fc.constantFrom(...tenantRoles),
  userId: fc.constantFrom(...users),
  organizationId: fc.constantFrom(...organizations),
  teams: teamMap,
});
const instance = fc.record<Instance>(
  {
    organizationId: fc.constantFrom(...organizations, PLATFORM),
    userId: fc.constantFrom(...users),
    teamId: fc.constantFrom(...teams),
    teamIds: fc.subarray(teams),
    assigneeIds: fc.subarray(users),
    role: fc.constantFrom('leader', 'member', ...roles),
  },
  { requiredKeys: ['organizationId'] },
);
const action = fc.constantFrom(...actions);
const subject = fc.constantFrom(...subjects);

const may = (member: Member, ...asked: [(typeof actions)[number], (typeof subjects)[number], Instance]) =>
  allows(abilityOf(rulesFor(member)), ...asked);

describe('whoever asks for whatever', () => {
  it('is refused in another organization', () => {
    fc.assert(
      fc.property(someone, action, subject, instance, (member, does, what, where) => {
        fc.pre(where.organizationId !== member.organizationId);
        expect(may(member, does, what, where)).toBe(false);
      }),
    );
  });

  it('is refused when they have no rules', () => {
    fc.assert(
      fc.property(action, subject, instance, (does, what, where) => {
        expect(allows(abilityOf([]), does, what, where)).toBe(false);
      }),
    );
  });

  it('is refused changes, without a role over it, but for what they said, have or own themselves', () => {
    fc.assert(
      fc.property(
        someone,
        fc.constantFrom('create' as const, 'update' as const, 'delete' as const, 'export' as const),
        subject,
        instance,
        (member, does, what, where) => {
          fc.pre(member.role === 'team_member' && !(does === 'create' && what === 'CheckIn'));
          fc.pre(!(does === 'update' && what === 'Initiative' && where.userId === member.userId));
          const isOwn = what === 'Comment' && where.userId === member.userId;
          fc.pre(!(isOwn && does !== 'export') && !(does === 'create' && what === 'Comment'));
          fc.pre(!(does === 'delete' && what === 'CheckIn' && where.userId === member.userId));
          fc.pre(!(/^(PersonData|Erasure|MailSettings)$/.test(what) && where.userId === member.userId));
          expect(may(member, does, what, where)).toBe(false);
        },
      ),
    );
  });

  it('gains nothing from two roles together: each grant is one role’s own', () => {
    fc.assert(
      fc.property(someone, action, subject, instance, (member, does, what, where) => {
        const each = tenantRoles.map((role) => ({ ...member, role }));
        const together = abilityOf(each.flatMap((one) => rulesFor(one)));
        expect(allows(together, does, what, where)).toBe(each.some((one) => may(one, does, what, where)));
      }),
    );
  });

  it('may as a leader what a member may, and as an admin what a leader may change', () => {
    fc.assert(
      fc.property(someone, action, subject, instance, (member, does, what, where) => {
        if (may({ ...member, role: 'team_member' }, does, what, where))
          expect(may({ ...member, role: 'team_leader' }, does, what, where)).toBe(true);
        if (['update', 'delete'].includes(does) && may({ ...member, role: 'team_leader' }, does, what, where))
          expect(may({ ...member, role: 'org_admin' }, does, what, where)).toBe(true);
      }),
    );
  });

  it('gains nothing by a team’s word that they lead it, without the role', () => {
    fc.assert(
      fc.property(someone, action, subject, instance, (member, does, what, where) => {
        const asMember = Object.fromEntries(teamsOf(member).map((team) => [team, 'member' as const]));
        const plain: Member = { ...member, role: 'team_member' };
        expect(teamsLed(plain)).toEqual([]);
        expect(may(plain, does, what, where)).toBe(may({ ...plain, teams: asMember }, does, what, where));
      }),
    );
  });

  it('is told by an explanation what a request would meet', () => {
    fc.assert(
      fc.property(someone, action, subject, instance, (member, does, what, where) => {
        const { allowed, reason, rules } = explain(member, { action: does, subject: what }, where);
        expect(allowed).toBe(may(member, does, what, where));
        expect(rules.some(({ holds }) => holds)).toBe(allowed);
        expect(reason).not.toBe('');
      }),
    );
  });
});

const teamsOf = ({ teams: own }: Member) => Object.keys(own);
