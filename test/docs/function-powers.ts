import type { Template } from 'aws-cdk-lib/assertions';
import { accesses, platformAccesses } from '../../domain/audit/audit.noun.ts';
import { functionsIn, plain, roleDescribed, type Statement, statementsOf } from '../infra/iam.ts';

const writes = ['Put', 'Update', 'Delete'] as const;
type Write = (typeof writes)[number];

/** The partition keys in a statement's condition. */
const keysOf = ({ Condition }: Statement): string[] =>
  ['ForAllValues:StringLike', 'ForAnyValue:StringLike'].flatMap((operator) => {
    const keys = Condition?.[operator]?.['dynamodb:LeadingKeys'];
    return Array.isArray(keys) ? keys.map(String) : [];
  });

const code = (words: readonly string[]): string =>
  words.length === 0 ? '–' : [...new Set(words)].map((word) => `\`${word}\``).join(' ');

const isAbout = ({ Effect, Action }: Statement, effect: Statement['Effect'], write: Write): boolean =>
  Effect === effect && Action.includes(`dynamodb:${write}Item`);

/** Keys by what may be done with them: `put, update` `a` `b`. */
function byVerb(statements: readonly Statement[], effect: Statement['Effect']): string[] {
  const verbs = new Map<string, string>();
  for (const write of writes)
    for (const statement of statements.filter((one) => isAbout(one, effect, write))) {
      // A condition on the attributes that the update sets.
      const isInPart = JSON.stringify(statement.Condition).includes('dynamodb:Attributes');
      const verb = `${write.toLowerCase()}${isInPart ? ' some attributes of' : ''}`;
      for (const key of keysOf(statement)) verbs.set(key, [verbs.get(key), verb].filter(Boolean).join(', '));
    }
  return [...Map.groupBy(verbs, ([, verb]) => verb)].map(
    ([verb, keys]) => `${verb} ${code(keys.map(([key]) => key))}`,
  );
}

/** What a role can write to the table: the allowed keys, and those that are denied. */
function written(statements: readonly Statement[]): string {
  const [allowed, denied] = [byVerb(statements, 'Allow'), byVerb(statements, 'Deny')];
  if (allowed.length === 0) return '–';
  return [...allowed, ...denied.map((what) => `never ${what}`)].join('; ');
}

/** A function whose sessions require a user's token and not only its role. */
const byToken = 'none; a user’s live session token opens the organization that it names';

/** The organizations for which the tenant role's trust lets a function open a session. */
function opens(service: Template, roleId: string): string {
  const { trust } = roleDescribed(service, tenantRole);
  const names = (value: unknown) => JSON.stringify(value ?? {}).includes(`"${roleId}"`);
  if (trust.some(({ Condition }) => names(Condition?.StringEquals?.['sts:RoleSessionName']))) return byToken;
  return code(
    trust
      .filter(({ Condition }) => names(Condition?.StringLike?.['aws:userid']))
      .flatMap(({ Condition }) =>
        [Condition?.StringLike?.['aws:RequestTag/organizationId']].flat().map(String),
      ),
  );
}

const tenantRole = 'Sees one organization';
const [tagged, own] = [`\${aws:PrincipalTag/organizationId}`, 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV'];

/** Every partition with access events, and one with entries: of an organization, and of the platform. */
const evidence = [own, 'platform'].flatMap((organization) =>
  [
    ...Object.keys(accesses),
    ...(organization === own ? [] : Object.keys(platformAccesses)),
    'audit#2026-11',
  ].map((partition) => `${organization}#${partition}`),
);

const matches = (pattern: string, key: string): boolean =>
  new RegExp(`^${pattern.replace(tagged, own).replaceAll('*', '.*')}$`).test(key);

/** Whether a role may write an item of a partition; a deletion is of an item that exists. */
const mayWrite = (statements: readonly Statement[], write: Write, key: string): boolean => {
  const speak = (effect: Statement['Effect']) =>
    statements.some(
      (one) =>
        isAbout(one, effect, write) &&
        // What is denied in part is possible otherwise.
        !(effect === 'Deny' && JSON.stringify(one.Condition).includes('dynamodb:Attributes')) &&
        keysOf(one).some((pattern) => matches(pattern, key)),
    );
  return speak('Allow') && !speak('Deny');
};

/** The access events and entries that a role may put, change or remove. */
function evidenceOf(statements: readonly Statement[]): string[] {
  return writes.flatMap((write) => {
    const keys = evidence
      .filter((key) => mayWrite(statements, write, key))
      .map((key) => key.replace(own, '<organization>').replace('2026-11', '<month>'));
    return keys.length === 0 ? [] : [`${write.toLowerCase()} ${code(keys)}`];
  });
}

/**
 * The table of `docs/security.md`: what each function's role could do, from the policies of the templates
 * with functions of ours.
 */
export function functionPowers({ service, web }: Readonly<Record<'service' | 'web', Template>>): string {
  const session = statementsOf(service, roleDescribed(service, tenantRole).roleId);
  const inSession = evidenceOf(session).join('; ');
  const rows = [service, web].flatMap((template) =>
    functionsIn(template).map(({ name, roleId }) => {
      const statements = statementsOf(template, roleId);
      const secrets = statements
        .filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))
        .flatMap(({ Resource = [] }) => Resource.map((one) => plain(one).replace(/^.*secret:|-\?+$/g, '')));
      const opened = opens(service, roleId);
      const entries = [...evidenceOf(statements), ...(opened === '–' ? [] : ['as a session'])];
      return `| ${[name, code(secrets), opened, written(statements), entries.join('; ') || '–'].join(' | ')} |`;
    }),
  );
  return [
    '| function | secrets it reads | organizations it opens, one at a time | what it writes under its own role | access events and entries it writes |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `A session for one organization writes whatever has its key, and of evidence only: ${inSession}.`,
  ].join('\n');
}
