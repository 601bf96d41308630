import { subject } from '@casl/ability';
import { abilityOf, rulesFor } from './ability.ts';
import type { AccessExplanation } from './explain.schema.ts';
import type { Member } from './member.ts';
import type { Permission } from './permission.ts';
import type { Instance } from './rules.ts';
import { ruleInWords } from './words.ts';

/**
 * Says whether the rules allow a member something, and why: from the very rules that decide requests, asked the same way.
 * @param instance what is acted on; without it the question is whether there is anything on which it is allowed
 */
export function explain(
  member: Member,
  { action, subject: type }: Permission,
  instance?: Instance,
): Pick<AccessExplanation, 'allowed' | 'reason' | 'rules'> {
  const ability = abilityOf(rulesFor(member));
  const asked = instance === undefined ? type : subject(type, { ...instance });
  const deciding = ability.relevantRuleFor(action, asked);
  const rules = ability.rulesFor(action, type).map((rule) => ({
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
