import { describe, expect, it } from 'vitest';
import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import type { Member } from '../../../domain/access/member.ts';
import { newOrganizationId, newTeamId, PLATFORM } from '../../../domain/ids.ts';
import { organizationRefusals } from '../../../domain/organization/organization.refusals.ts';
import {
  OrganizationSummary,
  OwnOrganizationChange,
} from '../../../domain/organization/organization.schema.ts';
import { TeamChange } from '../../../domain/team/team.schema.ts';
import {
  allowsBody,
  assertPath,
  ConcealedRefusal,
  decide,
  notFound,
} from '../../../functions/http/steps/authorize.ts';
import { teamRoutes } from '../../../functions/http/team/routes.ts';

const now = new Date();
const organizationId = newOrganizationId(now);
const teamId = newTeamId(now);
const memberOf = (role: Member['role']): Member => ({
  userId: 'user_1',
  role,
  organizationId: role === 'super_admin' ? PLATFORM : organizationId,
  teams: { [teamId]: 'leader' },
});

const scope = { organizationId, table: 't', client: Object.create(null) };

/** Evaluates the rules for this role, where the handler decides. */
const rightsOf = (role: Member['role']) => ({
  ctx: { scope, actor: { by: 'user_1', role, requestId: 'request-1' }, now },
  ability: abilityOf(rulesFor(memberOf(role))),
  instance: null,
});

describe('a body', () => {
  it('is permitted with the fields that the rule names, and refused with one that only a schema has', () => {
    const { access } = teamRoutes.updateTeam;
    const change = (body: unknown) => () =>
      decide(rightsOf('team_leader'), access, body).assertCan({ teamId });
    expect(change({ name: 'Sales', description: null })).not.toThrow();
    expect(change({ name: 'Sales', budget: 7 })).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  it.each([[undefined], [null], ['name'], [['name']], [7]])('that is no object has no fields: %j', (body) => {
    const { access } = teamRoutes.updateTeam;
    expect(() => decide(rightsOf('team_leader'), access, body).assertCan({ teamId })).not.toThrow();
  });

  it('is asked about also where the path alone decides', () => {
    const update = { action: 'update', subject: 'Organization' } as const;
    const asked = (role: Member['role'], body: unknown) =>
      allowsBody(abilityOf(rulesFor(memberOf(role))), update, { organizationId }, body);
    expect(asked('org_admin', { allowedDomains: [] })).toBe(true);
    expect(asked('org_admin', { allowedDomains: [], status: 'active' })).toBe(false);
    expect(asked('super_admin', { status: 'active' })).toBe(true);
  });
});

describe('what a handler asks about', () => {
  const { access } = teamRoutes.updateTeam;
  const other = newTeamId(new Date(now.getTime() + 1));
  const asked = (role: Member['role'], instance: { readonly teamId: typeof teamId }) => () =>
    decide(rightsOf(role), access, undefined).assertCan(instance);

  it('is refused as forbidden to who may see it, and as what never was to everybody else', () => {
    expect(asked('team_leader', { teamId })).not.toThrow();
    expect(asked('team_member', { teamId })).toThrow(
      expect.objectContaining({ code: 'forbidden', params: { action: 'update', subject: 'Team' } }),
    );
    for (const role of ['team_leader', 'team_member'] as const)
      expect(asked(role, { teamId: other })).toThrow(
        expect.objectContaining({ code: 'not_found', message: notFound().message }),
      );
    expect(asked('team_leader', { teamId: other })).toThrow(ConcealedRefusal);
    expect(asked('team_member', { teamId })).not.toThrow(ConcealedRefusal);
  });

  it('is visible by the subject that the handler names, if it isn’t the route’s own', () => {
    const place = teamRoutes.removeTeamMember.access;
    const refusal = (shownAs?: 'Team') => () =>
      decide(rightsOf('team_member'), place, undefined).assertCan({ teamId, role: 'member' }, shownAs);
    expect(refusal('Team')).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(refusal()).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('must have been asked about before anything comes out', () => {
    const unasked = decide(rightsOf('org_admin'), access, undefined);
    expect(unasked.requireAsked).toThrow(
      expect.objectContaining({
        code: 'internal',
        message: 'the handler answered without having asked the rules',
      }),
    );
    unasked.assertCan({ teamId });
    expect(unasked.requireAsked).not.toThrow();
    const each = decide(rightsOf('org_admin'), access, undefined);
    each.assertCanEach();
    expect(each.requireAsked).not.toThrow();
    const byPath = { ...rightsOf('org_admin'), instance: { organizationId } };
    expect(decide(byPath, access, undefined).requireAsked).not.toThrow();
  });

  it('is refused before where the path alone decides', () => {
    const byPath = { ...rightsOf('team_member'), instance: { organizationId, teamId } };
    expect(() => decide(byPath, access, { name: 'Sales' })).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
  });
});

describe('a refusal that conceals', () => {
  it('is in every word the one that it stands for', () => {
    const { code, message, reason, params } = organizationRefusals.organization_not_found();
    expect(new ConcealedRefusal(organizationRefusals.organization_not_found())).toMatchObject({
      ...{ code, message, reason, params },
    });
  });
});

describe('a path', () => {
  const lists = { kind: 'organization', action: 'list', subject: 'AuditEntry' } as const;
  const asked = (role: Member['role'], access: Parameters<typeof assertPath>[1]) => () =>
    assertPath(abilityOf(rulesFor(memberOf(role))), access, { teamId }, organizationId);

  it('is refused to who may do it to nothing there, and says which part of it the rules saw', () => {
    expect(asked('team_member', lists)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(asked('org_admin', lists)()).toEqual({ organizationId, teamId, userId: undefined });
  });

  it('is left to the handler where that decides, but for who may do it to nothing at all', () => {
    const access = { ...lists, decides: 'handler' } as const;
    expect(asked('org_admin', access)()).toBeNull();
    expect(asked('team_member', access)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });
});

describe('the fields that a rule names', () => {
  const named = (role: Member['role'], action: string, subject: string) =>
    rulesFor(memberOf(role)).flatMap((rule) =>
      rule.action === action && rule.subject === subject ? (rule.fields ?? []) : [],
    );

  it('are those of the schema, neither more nor less', () => {
    expect(named('org_admin', 'update', 'Organization')).toEqual(Object.keys(OwnOrganizationChange.shape));
    expect(named('team_leader', 'update', 'Team')).toEqual(Object.keys(TeamChange.shape));
    expect(named('team_member', 'read', 'Organization')).toEqual(Object.keys(OrganizationSummary.shape));
  });
});
