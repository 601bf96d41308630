import { createMongoAbility, subject } from '@casl/ability';
import type { Member } from './member.ts';
import type { Action, Subject } from './permission.ts';
import { type Ability, type Instance, type Rule, rulesOfRole } from './rules.ts';

/**
 * What a member may do, as data. What no rule allows is refused. Every rule but the platform's names the
 * organization.
 */
export const rulesFor = (member: Member): Rule[] => rulesOfRole[member.role](member);

/** The one place where permission is decided, from the rules of one member. */
export const abilityOf = (rules: Rule[]): Ability => createMongoAbility<Ability>(rules);

/**
 * Whether the rules allow an action on an instance of a subject, and to one field of it if that is named;
 * conditions always see the instance's organization.
 */
export const allows = (
  ability: Ability,
  action: Action,
  type: Subject,
  instance: Instance,
  field?: string,
): boolean => ability.can(action, subject(type, { ...instance }), field);

/**
 * Whether the rules allow it for some instance. Never an answer by itself: the instance decides, see
 * `assertCan`.
 */
export const mayAllow = (ability: Ability, action: Action, type: Subject): boolean =>
  ability.can(action, type);
