import { readFileSync } from 'node:fs';

/** A mutation that no test detects, with the reason why that is acceptable. */
interface Survivor {
  readonly file: string;
  /** Source text that occurs once in the file. The entry covers mutants that start inside it. */
  readonly code: string;
  readonly change: string;
  readonly why: string;
}

/** Known survivors. Before adding one, try to write a test that kills it, or remove the expression. */
export const survivors: readonly Survivor[] = [
  {
    file: 'domain/access/rules.ts',
    code: "{ action: 'manage', subject: 'all' },\n          // Consent",
    change: 'empty subject',
    why: 'CASL treats a rule without a subject as a rule for every subject, like `all`',
  },
  {
    file: 'domain/access/rules.ts',
    code: "['read', 'list', 'export'], subject: 'all', conditions }",
    change: 'empty subject',
    why: 'the same',
  },
  {
    file: 'domain/access/rules.ts',
    code: "{ action: 'manage', subject: 'all', conditions }",
    change: 'empty subject',
    why: 'the same',
  },
  {
    file: 'functions/http/steps/open-session.ts',
    code: "(request.pathParameters?.organizationId ?? '')",
    change: 'a different default',
    why: 'neither value is the id of an organization, so both are refused as not found',
  },
  {
    file: 'functions/http/steps/visit-organization.ts',
    code: '/Id$/',
    change: '`Id` anywhere in the name',
    why: 'path parameters have `Id` at the end only',
  },
  {
    file: 'functions/http/steps/visit-organization.ts',
    code: "viewingAs ?? ''}`",
    change: 'a different default',
    why: 'no user has either value as an id, so the cache keys stay distinct',
  },
  {
    file: 'functions/http/steps/visit-organization.ts',
    code: "thing ?? ''}`",
    change: 'a different default',
    why: 'the same',
  },
  {
    file: 'functions/http/steps/visit-organization.ts',
    code: 'viewingAs === undefined ? {}',
    change: '`viewedAs` is set to undefined',
    why: 'undefined attributes aren’t stored; the check is needed for the types',
  },
  {
    file: 'functions/http/steps/visit-organization.ts',
    code: 'recorded.set(keyOf(shown), true)',
    change: 'a different value',
    why: 'only the key is looked up',
  },
  {
    file: 'functions/http/steps/visit-organization.ts',
    code: "as.mode === 'view' && viewed !== null",
    change: 'second condition removed',
    why: 'the mode is `view` only if the user was found; the check is needed for the types',
  },
  {
    file: 'domain/support-access/find-support-access.ts',
    code: 'at !== undefined && now.getTime() < Date.parse(at)',
    change: 'first condition removed',
    why: 'no time is before the one that `Date.parse` makes of undefined; the types need it',
  },
  {
    file: 'domain/support-access/manage-support-access.ts',
    code: 'from === undefined || until === undefined)\n    throw supportAccessRefusals.support_access_not_open();\n  if (stored.grantedBy',
    change: 'one of the two conditions removed',
    why: 'an open support access has both; the types need it',
  },
  {
    file: 'domain/support-access/support-access-writes.ts',
    code: 'viewingAs === undefined ? {}',
    change: '`viewingAs` is set to undefined',
    why: 'undefined fields aren’t shown; the check is needed for the types',
  },
  {
    file: 'domain/support-access/manage-support-access.ts',
    code: "sooner !== undefined && sooner < (stored.until ?? '')",
    change: 'first condition removed, or a different default',
    why: 'undefined is never less than a time, and an open support access has an end; the types need both',
  },
  {
    file: 'domain/approval/holding.ts',
    code: "error instanceof AppError && error.code === 'not_found'",
    change: 'one of the two conditions alone',
    why: 'the reads throw no other `AppError`, and no other error has this code',
  },
  {
    file: 'domain/approval/keep-approvals.ts',
    code: "kind === 'super-admin.create' &&",
    change: 'condition removed',
    why: '`makeSuperAdmin` refuses other kinds as not approved, which isn’t counted as a failure. The condition saves a read',
  },
  {
    file: 'domain/approval/keep-approvals.ts',
    code: 'error instanceof AppError && (',
    change: 'condition removed',
    why: 'no other error has either code; the check is needed for the types',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "[, name = '', value = ''] of (query.KeyConditionExpression ?? '')",
    change: 'different defaults',
    why: 'the pattern always matches its groups, and the mutated default contains no condition',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "([, name = '', value = ''])",
    change: 'different defaults',
    why: 'the pattern always matches its groups',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "UpdateExpression = '', ExpressionAttributeNames",
    change: 'a different default',
    why: 'the mutated default names no attribute of the table',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: '!/^REMOVE\\b/i.test(clause)',
    change: 'the keyword matches anywhere in a clause',
    why: 'a clause starts with its keyword, and any other keyword starts a new clause',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "request.IndexName === undefined ? '' : partitionKey",
    change: 'a different name if no index is queried',
    why: 'the table has no attribute with that name',
  },
  {
    file: 'domain/table/guard.ts',
    code: "name: 'tenantGuard'",
    change: 'an empty name',
    why: 'it only shows up when the SDK’s middleware stack is printed',
  },
  {
    file: 'domain/table/guard.ts',
    code: "priority: 'high'",
    change: 'empty priority',
    why: 'no other middleware is registered at this step, so the order doesn’t change',
  },
  {
    file: 'domain/cursor.ts',
    code: "[body = ''] = cursor.split('.')",
    change: 'a different default',
    why: '`split` always returns a first part',
  },
  {
    file: 'domain/table/token-credentials.ts',
    code: 'if (credentials !== undefined && lasts(held, renewedMs))',
    change: 'first condition removed',
    why: '`lasts` is already false without credentials; the check is needed for the types',
  },
  {
    file: 'domain/table/token-credentials.ts',
    code: 'credentials !== undefined &&\n        lasts(held, usableMs)',
    change: 'first condition removed',
    why: 'the same',
  },
  {
    file: 'domain/table/token-credentials.ts',
    code: 'held.credentials === undefined || !lasts(held, usableMs)',
    change: 'first condition removed',
    why: 'the same',
  },
  {
    file: 'functions/http/token-sessions.ts',
    code: "token.split('.')[1] ?? ''",
    change: 'a different default',
    why: 'a verified token has three parts',
  },
];

/** The reason why a mutant at this position may survive; undefined if none is listed. */
export function reasonFor(
  file: string,
  { line, column }: { readonly line: number; readonly column: number },
): string | undefined {
  const text = readFileSync(file, 'utf8');
  const before = text.split('\n').slice(0, line - 1);
  const place = before.reduce((sum, { length }) => sum + length + 1, column - 1);
  return survivors.find(({ file: path, code }) => {
    const from = text.indexOf(code);
    return path === file && from <= place && place < from + code.length;
  })?.why;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

/** The known survivors as a Markdown table. */
export const survivorTable = (): string =>
  [
    '| where | expression | what survives | why |',
    '| --- | --- | --- | --- |',
    ...survivors.map(
      ({ file, code, change, why }) =>
        `| \`${file.replace(/^.*\//, '')}\` | \`${cell(code)}\` | ${cell(change)} | ${cell(why)} |`,
    ),
  ].join('\n');
