import { describe, expect, it } from 'vitest';
import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import type { Member } from '../../../domain/access/member.ts';
import { newOrganizationId, newTeamId, PLATFORM } from '../../../domain/ids.ts';
import {
  OrganizationSummary,
  OwnOrganizationChange,
} from '../../../domain/organization/organization.schema.ts';
import { TeamChange } from '../../../domain/team/team.schema.ts';
import { allowsBody, decide } from '../../../functions/http/steps/authorize.ts';
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

/** Who asks the rules in this role, where the handler decides. */
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

  it('is asked about also where the path alone decides', () => {
    const update = { action: 'update', subject: 'Organization' } as const;
    const asked = (role: Member['role'], body: unknown) =>
      allowsBody(abilityOf(rulesFor(memberOf(role))), update, { organizationId }, body);
    expect(asked('org_admin', { allowedDomains: [] })).toBe(true);
    expect(asked('org_admin', { allowedDomains: [], status: 'active' })).toBe(false);
    expect(asked('super_admin', { status: 'active' })).toBe(true);
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
