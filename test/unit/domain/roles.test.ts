import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { landingPath, teamsLed } from '../../../domain/access/member.ts';
import {
  isAbove,
  isAdmin,
  OrganizationRole,
  Role,
  roles,
  TeamRole,
} from '../../../domain/access/roles.schema.ts';
import { newOrganizationId, newTeamId, PLATFORM } from '../../../domain/ids.ts';
import { rolePermissions } from '../../docs/role-permissions.ts';

const [led, joined] = [newTeamId(new Date(1)), newTeamId(new Date(2))];

describe('roles', () => {
  it('are four, of which one is the platform’s', () => {
    expect(roles).toEqual(['team_member', 'team_leader', 'org_admin', 'super_admin']);
    expect(Role.def.entries).toEqual(Object.fromEntries(roles.map((role) => [role, role])));
    expect(OrganizationRole.safeParse('super_admin').success).toBe(false);
    for (const role of ['team_member', 'team_leader', 'org_admin'])
      expect(OrganizationRole.safeParse(role).success).toBe(true);
    for (const role of ['leader', 'member']) expect(TeamRole.safeParse(role).success).toBe(true);
    expect(TeamRole.safeParse('admin').success).toBe(false);
  });

  it('stand above those that may do less, and not above themselves', () => {
    for (const [at, role] of roles.entries())
      for (const [below, other] of roles.entries()) expect(isAbove(role, other)).toBe(at > below);
  });

  it('of which the highest of an organization and of the platform are admins', () => {
    expect(roles.filter(isAdmin)).toEqual(['org_admin', 'super_admin']);
  });

  it('let only team leaders lead, and only the teams that say so', () => {
    const teams = { [led]: 'leader', [joined]: 'member' } as const;
    expect(teamsLed({ role: 'team_leader', teams })).toEqual([led]);
    for (const role of ['team_member', 'org_admin', 'super_admin'] as const)
      expect(teamsLed({ role, teams })).toEqual([]);
  });

  it('begin where their work is', () => {
    const organizationId = newOrganizationId(new Date());
    expect(landingPath({ role: 'super_admin', organizationId: PLATFORM })).toBe('/admin/dashboard');
    for (const role of ['team_member', 'team_leader', 'org_admin'] as const)
      expect(landingPath({ role, organizationId })).toBe(`/organizations/${organizationId}`);
  });

  it('may do what the document says of each, and nothing else', () => {
    expect(readFileSync('docs/role-permissions.md', 'utf8')).toContain(rolePermissions());
  });
});
