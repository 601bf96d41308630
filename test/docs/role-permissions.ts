import { conditionsInWords } from '../../domain/access/explain.ts';
import type { Member } from '../../domain/access/member.ts';
import { type Role, roles } from '../../domain/access/roles.schema.ts';
import { type Rule, rulesOfRole } from '../../domain/access/rules.ts';
import { OrganizationId, PLATFORM, TeamId } from '../../domain/ids.ts';
import { subjects } from '../../domain/nouns.ts';

const ulid = (last: string) => `01ARZ3NDEKTSV4RRFFQ69G5FA${last}`;

/** A user who leads one team and is a member of another, so that every rule gives different text. */
const member = (role: Role): Member => ({
  role,
  userId: 'user_1',
  organizationId: role === 'super_admin' ? PLATFORM : OrganizationId.parse(`org_${ulid('V')}`),
  teams: {
    [TeamId.parse(`team_${ulid('V')}`)]: 'leader',
    [TeamId.parse(`team_${ulid('W')}`)]: 'member',
  },
});

const cell = (role: Role, rule: Rule): string => {
  const actions = [rule.action].flat().join(', ');
  const only = rule.fields === undefined ? '' : ` (only ${[rule.fields].flat().join(', ')})`;
  return [`**${actions}**`, `${conditionsInWords(rule, member(role))}${only}`].join(' ').trim();
};

/**
 * The table of `docs/role-permissions.md`: what each role may do with each subject, from the rules
 * themselves.
 */
export function rolePermissions(): string {
  const shown = roles.toReversed().filter((role) => role !== 'super_admin');
  const rows = subjects.map((subject) => {
    const cells = shown.map((role) => {
      const rules = rulesOfRole[role](member(role)).filter((rule) => [rule.subject].flat().includes(subject));
      return rules.length === 0 ? '–' : rules.map((rule) => cell(role, rule)).join('<br>');
    });
    return `| ${[subject, ...cells].join(' | ')} |`;
  });
  return [`| | ${shown.join(' | ')} |`, `|${' --- |'.repeat(shown.length + 1)}`, ...rows].join('\n');
}
