import { mayAllow } from '../access/ability.ts';
import type { Action, Permission, Subject } from '../access/permission.ts';
import type { Ability, Rule } from '../access/rules.ts';
import { Scope } from './api-key.schema.ts';

/** What a scope lets a key do, within the rules that the key acts by. */
interface Grant {
  readonly actions: readonly Action[];
  readonly subjects: readonly Subject[];
}

const reading = (...subjects: readonly Subject[]): Grant => ({ actions: ['read', 'list'], subjects });
const writing = (...subjects: readonly Subject[]): Grant => ({
  actions: ['create', 'update', 'delete'],
  subjects,
});

/**
 * What no scope contains, no key may do: managing users and roles, creating keys and webhooks, consenting
 * to support access, and undoing others' changes are for people.
 */
const grants: Readonly<Record<Scope, Grant>> = {
  'organization:read': reading('Organization'),
  'users:read': reading('User'),
  'invitations:read': reading('Invitation'),
  'teams:read': reading('Team'),
  'teams:write': writing('Team', 'TeamMember'),
  'kpis:read': reading('Kpi'),
  'kpis:write': writing('Kpi'),
  'check-ins:read': reading('CheckIn'),
  'check-ins:write': writing('CheckIn'),
  'initiatives:read': reading('Initiative'),
  'initiatives:write': writing('Initiative'),
  'analytics:read': reading('Analytics', 'UsageSnapshot', 'Onboarding'),
  'audit:read': {
    actions: ['read', 'list', 'export', 'create'],
    subjects: ['AuditEntry', 'AuditCheckpoint'],
  },
};

/** The scope that a permission needs; undefined if keys can't have it. */
export const scopeFor = ({ action, subject }: Permission): Scope | undefined =>
  Scope.options.find(
    (scope) => grants[scope].actions.includes(action) && grants[scope].subjects.includes(subject),
  );

/** The first of these scopes that grants something the user may not do on any instance. */
export const scopeAbove = (ability: Ability, scopes: readonly Scope[]): Scope | undefined =>
  scopes.find((scope) => {
    const { actions, subjects } = grants[scope];
    return !subjects.every((subject) => actions.some((action) => mayAllow(ability, action, subject)));
  });

const common = <One extends string>(of: string | readonly string[], other: readonly One[]): One[] =>
  other.filter((one) => [of].flat().includes(one));

/** The rules of a key: the intersection of its owner's rules and its scopes. */
export const narrowed = (rules: readonly Rule[], scopes: readonly Scope[]): Rule[] =>
  rules.flatMap((rule) =>
    scopes.flatMap((scope): Rule[] => {
      const { actions, subjects } = grants[scope];
      const action = common(rule.action, actions);
      const subject = common(String(rule.subject).split(','), subjects);
      return action.length === 0 || subject.length === 0 ? [] : [{ ...rule, action, subject }];
    }),
  );
