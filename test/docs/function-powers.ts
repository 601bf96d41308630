import type { Template } from 'aws-cdk-lib/assertions';
import { functionNamed, plain, roleDescribed, type Statement, statementsOf } from '../infra/iam.ts';

const functions = [
  ...[
    'organization',
    'support',
    'machines',
    'key-broker',
    'webhook-sender',
    'admin',
    'webhooks',
    'gateway',
    'audit-writer',
  ],
  ...['event-publisher', 'usage', 'invitations', 'redrive', 'canary', 'audit-checkpoints', 'approvals'],
  ...['origin-authorizer', 'exports', 'erasures', 'removals', 'drift', 'reminders'],
];
const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** The partition keys in a statement's condition. */
const keysOf = ({ Condition }: Statement): string[] =>
  ['ForAllValues:StringLike', 'ForAnyValue:StringLike'].flatMap((operator) => {
    const keys = Condition?.[operator]?.['dynamodb:LeadingKeys'];
    return Array.isArray(keys) ? keys.map(String) : [];
  });

const code = (words: readonly string[]): string =>
  words.length === 0 ? '–' : [...new Set(words)].map((word) => `\`${word}\``).join(' ');

/** What a role can write to the table: the allowed keys, and those that are denied. */
function written(statements: readonly Statement[]): string {
  const keys = (effect: Statement['Effect']) =>
    statements
      .filter(({ Effect, Action }) => Effect === effect && Action.some((action) => writes.includes(action)))
      .flatMap(keysOf);
  const denied = keys('Deny');
  return `${code(keys('Allow'))}${denied.length === 0 ? '' : `, never ${code(denied)}`}`;
}

/** A function whose sessions require a user's token and not only its role. */
const byToken = 'none; a user’s live session token opens the organization that it names';

/** The organizations for which the tenant role's trust lets a function open a session. */
function opens(service: Template, roleId: string): string {
  const { trust } = roleDescribed(service, 'Sees one organization');
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

/** The entries that a function causes: it puts them itself, or the writer derives them from its changes. */
function entries(statements: readonly Statement[], opened: string): string {
  const own = statements
    .filter(({ Effect, Action }) => Effect === 'Allow' && Action.includes('dynamodb:PutItem'))
    .flatMap(keysOf)
    .filter((key) => /#(?:audit|access)/.test(key));
  const tenant = opened === '–' ? [] : ['<organization>#access', '<organization>#access#refused'];
  return code([...own, ...tenant]);
}

/**
 * The table of `docs/security.md`: what each function's role could do, from the policies of the service
 * stack's template.
 */
export function functionPowers(service: Template): string {
  const rows = functions.map((name) => {
    const { roleId } = functionNamed(service, name);
    const statements = statementsOf(service, roleId);
    const secrets = statements
      .filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))
      .flatMap(({ Resource = [] }) => Resource.map((one) => plain(one).replace(/^.*secret:|-\?+$/g, '')));
    const opened = opens(service, roleId);
    return `| ${[name, code(secrets), opened, written(statements), entries(statements, opened)].join(' | ')} |`;
  });
  return [
    '| function | secrets it reads | organizations it opens, one at a time | what it writes under its own role | access events and entries it can put |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
