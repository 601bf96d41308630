import { subject } from '@casl/ability';
import { abilityOf, rulesFor } from './ability.ts';
import type { AccessExplanation } from './explain.schema.ts';
import { type Member, teamsLed } from './member.ts';
import type { Permission } from './permission.ts';
import type { Instance, Rule } from './rules.ts';

const listed = (value: string | readonly string[]): string => [value].flat().join(', ');

const isSet = (value: unknown): value is { readonly $in: readonly string[] } =>
  typeof value === 'object' && value !== null && '$in' in value && Array.isArray(value.$in);

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

/** Describes a set of the member's teams; "teams they lead" if they lead all of them. */
const teamsInWords = (member: Member, ids: readonly string[]): string =>
  member.role === 'team_leader' && same(ids, teamsLed(member)) ? 'a team they lead' : 'a team they are in';

function conditionInWords(name: string, value: unknown, member: Member): string {
  const teams = isSet(value) ? teamsInWords(member, value.$in) : String(value);
  switch (name) {
    case 'organizationId':
      return 'in their organization';
    case 'userId':
      return 'of themselves';
    case 'teamId':
      return `of ${teams}`;
    case 'teamIds':
      return `who is in ${teams}`;
    case 'assigneeIds':
      return 'they own or are assigned to';
    case 'role':
      return `with the role ${String(value)}`;
    default:
      return `whose ${name} is ${JSON.stringify(value)}`;
  }
}

/** A rule's conditions as text; empty for the platform. */
export function conditionsInWords({ conditions = {} }: Rule, member: Member): string {
  const words = Object.entries(conditions).map(([name, value]) => conditionInWords(name, value, member));
  // "In their organization" is implied by any narrower condition.
  const narrower = words.filter((word) => word !== 'in their organization');
  return (narrower.length === 0 ? words : narrower).join(', ');
}

/** A rule as text: `read, list Team of a team they are in (only name)`. */
function ruleInWords(rule: Rule, member: Member): string {
  const { action, subject, fields } = rule;
  const what = [
    listed(action === 'manage' ? 'do everything with' : action),
    listed(subject === 'all' ? 'anything in any organization' : String(subject).replaceAll(',', ', ')),
    conditionsInWords(rule, member),
  ];
  const only = fields === undefined ? '' : ` (only ${listed(fields)})`;
  return `${what.filter((word) => word !== '').join(' ')}${only}`;
}

/**
 * Explains whether the rules allow a member something, from the same rules that decide requests.
 * @param instance the item concerned; without it, whether there is any instance on which it is allowed
 */
export function explain(
  member: Member,
  { action, subject: type }: Permission,
  instance?: Instance,
): Pick<AccessExplanation, 'allowed' | 'reason' | 'rules'> {
  const ability = abilityOf(rulesFor(member));
  const asked = instance === undefined ? type : subject(type, { ...instance });
  const found = ability.relevantRuleFor(action, asked);
  // An inverted rule has the same effect as no rule.
  const deciding = found?.inverted === true ? null : found;
  const granting = found?.inverted === true ? [] : ability.rulesFor(action, type);
  const rules = granting.map((rule) => ({
    rule: ruleInWords(rule.origin, member),
    holds: instance === undefined || rule.matchesConditions(subject(type, { ...instance })),
  }));
  const { role } = member;
  if (deciding !== null) {
    const words = ruleInWords(deciding.origin, member);
    const reason = instance === undefined ? `On some: a ${role} may ${words}.` : `A ${role} may ${words}.`;
    return { allowed: true, reason, rules };
  }
  const reason =
    rules.length === 0
      ? `No rule lets a ${role} ${action} ${type}, and what no rule allows is refused.`
      : `A ${role} may ${action} ${type} only where one of the rules holds, and here none does.`;
  return { allowed: false, reason, rules };
}
