import { createMongoAbility, subject } from '@casl/ability';
import type { Member } from './member.ts';
import type { Action, Subject } from './permission.ts';
import { type Ability, type Instance, type Rule, rulesOfRole } from './rules.ts';

/**
 * A member's rules, as data. Whatever no rule allows is refused. Every rule except the platform's names the
 * organization.
 */
export const rulesFor = (member: Member): Rule[] => rulesOfRole[member.role](member);

/** The single place where permissions are decided, from one member's rules. */
export const abilityOf = (rules: Rule[]): Ability => createMongoAbility<Ability>(rules);

/**
 * Whether the rules allow an action on an instance and, if given, on one of its fields; conditions always
 * include the instance's organization.
 */
export const allows = (
  ability: Ability,
  action: Action,
  type: Subject,
  instance: Instance,
  field?: string,
): boolean => ability.can(action, subject(type, { ...instance }), field);

/**
 * Whether the rules allow it on at least one instance. Never a decision by itself: that depends on the
 * instance, see `assertCan`.
 */
export const mayAllow = (ability: Ability, action: Action, type: Subject): boolean =>
  ability.can(action, type);
