import { readFileSync } from 'node:fs';

/** A change of an expression that no test notices, and why none has to. */
interface Survivor {
  readonly file: string;
  /** Stands in the file once: mutants that begin in it are meant. */
  readonly code: string;
  readonly change: string;
  readonly why: string;
}

/**
 * What is known to survive. To add one, first try to have a test notice it, or to do without the expression.
 */
export const survivors: readonly Survivor[] = [
  {
    file: 'domain/access/rules.ts',
    code: "{ action: 'manage', subject: 'all' },\n          // What",
    change: 'no subject',
    why: 'CASL takes a rule without a subject for one of every subject, as `all` is',
  },
  {
    file: 'domain/access/rules.ts',
    code: "['read', 'list', 'export'], subject: 'all', conditions }",
    change: 'no subject',
    why: 'the same',
  },
  {
    file: 'domain/access/rules.ts',
    code: "{ action: 'manage', subject: 'all', conditions }",
    change: 'no subject',
    why: 'the same',
  },
  {
    file: 'functions/http/steps/open-session.ts',
    code: "(request.pathParameters?.organizationId ?? '')",
    change: 'another text for a path without an organization',
    why: 'nobody’s organization has either for its id: both are refused as one that isn’t there',
  },
  {
    file: 'domain/approval/holding.ts',
    code: "error instanceof AppError && error.code === 'not_found'",
    change: 'one half of it alone',
    why: 'what reads the things that a request is about throws no other error of ours, and nobody else’s error has this code',
  },
  {
    file: 'domain/approval/keep-approvals.ts',
    code: "kind === 'super-admin.create' &&",
    change: 'left out',
    why: 'what makes a super admin refuses other kinds itself, as not approved: that is no failure. It saves reading them',
  },
  {
    file: 'domain/approval/keep-approvals.ts',
    code: 'error instanceof AppError && (',
    change: 'left out',
    why: 'nobody else’s error has one of the two codes; the types want the question',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "[, name = '', value = ''] of (query.KeyConditionExpression ?? '')",
    change: 'other texts instead of empty ones',
    why: 'the pattern always matches with its groups, and the other text has no condition in it',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "([, name = '', value = ''])",
    change: 'other texts instead of empty ones',
    why: 'the pattern always matches with its groups',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "UpdateExpression = '', ExpressionAttributeNames",
    change: 'another text instead of an empty one',
    why: 'it names no attribute of the table',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: '!/^REMOVE\\b/i.test(clause)',
    change: 'the keyword anywhere in a clause',
    why: 'a clause begins with its keyword, and another can’t stand inside it without beginning a clause',
  },
  {
    file: 'domain/table/inspect-command.ts',
    code: "request.IndexName === undefined ? '' : partitionKey",
    change: 'another name where a request names no index',
    why: 'the table has no attribute of that name',
  },
  {
    file: 'domain/table/guard.ts',
    code: "name: 'tenantGuard'",
    change: 'an empty name',
    why: 'it is for who prints the steps of the SDK',
  },
  {
    file: 'domain/table/guard.ts',
    code: "priority: 'high'",
    change: 'no priority',
    why: 'nothing else stands at that step, so that the order is the same',
  },
  {
    file: 'domain/cursor.ts',
    code: "[body = ''] = cursor.split('.')",
    change: 'another default',
    why: 'a text split at its dots always has a first part',
  },
  {
    file: 'domain/table/token-credentials.ts',
    code: 'if (credentials !== undefined && lasts(held, renewedMs))',
    change: 'the first half left out',
    why: 'what isn’t there doesn’t last: `lasts` says so itself, and the types want the question',
  },
  {
    file: 'domain/table/token-credentials.ts',
    code: 'credentials !== undefined &&\n        lasts(held, usableMs)',
    change: 'the first half left out',
    why: 'the same',
  },
  {
    file: 'domain/table/token-credentials.ts',
    code: 'held.credentials === undefined || !lasts(held, usableMs)',
    change: 'the first half left out',
    why: 'the same',
  },
  {
    file: 'functions/http/token-sessions.ts',
    code: "token.split('.')[1] ?? ''",
    change: 'another default',
    why: 'the token has been verified, and has three parts',
  },
];

/** Why a mutant that begins at this place of a file may survive; undefined where nobody has said. */
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

/** What is known to survive, as a table of the documents. */
export const survivorTable = (): string =>
  [
    '| where | expression | what survives | why |',
    '| --- | --- | --- | --- |',
    ...survivors.map(
      ({ file, code, change, why }) =>
        `| \`${file.replace(/^.*\//, '')}\` | \`${cell(code)}\` | ${cell(change)} | ${cell(why)} |`,
    ),
  ].join('\n');
