import {
  createMongoAbility,
  type ForcedSubject,
  type MongoAbility,
  type RawRuleOf,
  subject,
} from '@casl/ability';
import type { OrganizationId } from '../ids.ts';
import type { Action, Subject } from './permission.ts';
import type { Role } from './roles.schema.ts';

/** Somebody the rules can speak of: a member of one organization. */
export interface Member {
  readonly userId: string;
  readonly role: Role;
  readonly organizationId: OrganizationId;
}

/** An instance as the rules see it: which organization it is in, and whose it is. */
interface Instance {
  readonly organizationId: string;
  readonly userId?: string;
}

export type Ability = MongoAbility<
  [Action | 'manage', Subject | 'all' | (Instance & ForcedSubject<Subject>)]
>;
export type Rule = RawRuleOf<Ability>;

/** What each role may do, as data. What no rule allows is refused. Every rule but the platform's names the organization. */
export function rulesFor({ role, organizationId, userId }: Member): Rule[] {
  const own = { organizationId };
  switch (role) {
    case 'super_admin':
      return [{ action: 'manage', subject: 'all' }];
    case 'org_admin':
      return [
        { action: 'read', subject: 'Organization', conditions: own },
        { action: ['read', 'list', 'update', 'delete'], subject: 'User', conditions: own },
        { action: ['create', 'read', 'list', 'update', 'delete'], subject: 'Invitation', conditions: own },
        { action: 'list', subject: 'AuditEntry', conditions: own },
        { action: 'list', subject: 'UsageSnapshot', conditions: own },
      ];
    case 'team_leader':
    case 'team_member':
      return [
        { action: 'read', subject: 'Organization', fields: ['id', 'name', 'status'], conditions: own },
        { action: 'read', subject: 'User', conditions: { ...own, userId } },
      ];
  }
}

/** The one place where permission is decided, from the rules of one member. */
export const abilityOf = (rules: Rule[]): Ability => createMongoAbility<Ability>(rules);

/** Whether the rules allow an action on an instance of a subject; conditions always see the instance's organization. */
export const allows = (ability: Ability, action: Action, type: Subject, instance: Instance): boolean =>
  ability.can(action, subject(type, { ...instance }));

/** Where a member's work begins: the page after sign-in. */
export const landingPath = ({ role, organizationId }: Member): string =>
  role === 'super_admin' ? '/admin/dashboard' : `/organizations/${organizationId}`;
