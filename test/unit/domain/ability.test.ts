import { describe, expect, it } from 'vitest';
import { abilityOf, allows, rulesFor } from '../../../domain/access/ability.ts';
import { actions, subjects } from '../../../domain/access/permission.ts';
import { type Role, roles } from '../../../domain/access/roles.schema.ts';
import { newOrganizationId, PLATFORM } from '../../../domain/ids.ts';

const own = newOrganizationId(new Date());
const foreign = newOrganizationId(new Date());
const abilities = (role: Role) =>
  abilityOf(rulesFor({ role, userId: 'user_1', organizationId: role === 'super_admin' ? PLATFORM : own }));

/** Everything a role may do to an instance, as `action subject`. */
const granted = (role: Role, instance: { organizationId: string; userId?: string }) =>
  subjects.flatMap((subject) =>
    actions
      .filter((action) => allows(abilities(role), action, subject, instance))
      .map((action) => `${action} ${subject}`),
  );

describe('access rules', () => {
  it('let the super admin do everything in every organization', () => {
    expect(granted('super_admin', { organizationId: foreign })).toHaveLength(
      subjects.length * actions.length,
    );
  });

  it('let an org admin do exactly this in their own organization', () => {
    expect(granted('org_admin', { organizationId: own })).toEqual([
      'read Organization',
      'read User',
      'list User',
      'update User',
      'delete User',
      'create Invitation',
      'read Invitation',
      'list Invitation',
      'update Invitation',
      'delete Invitation',
      'list AuditEntry',
      'list UsageSnapshot',
    ]);
  });

  it.each(['team_leader', 'team_member'] as const)(
    'let a %s read the summary and themselves, no more',
    (role) => {
      expect(granted(role, { organizationId: own, userId: 'user_1' })).toEqual([
        'read Organization',
        'read User',
      ]);
      expect(granted(role, { organizationId: own, userId: 'user_2' })).toEqual(['read Organization']);
      expect(abilities(role).can('read', 'Organization', 'contactPerson')).toBe(false);
    },
  );

  it.each(roles.filter((role) => role !== 'super_admin'))(
    'give a %s nothing in another organization',
    (role) => {
      expect(granted(role, { organizationId: foreign, userId: 'user_1' })).toEqual([]);
    },
  );
});
