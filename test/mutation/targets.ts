/** What mutation testing changes, and the tests that must fail. */
export interface Target {
  readonly what: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

const unit = (...names: string[]) => names.map((name) => `test/unit/${name}.test.ts`);
const withTheEngine = (...names: string[]) => names.map((name) => `test/integration/domain/${name}.test.ts`);
const casesOf = (noun: string, names: readonly string[]) => names.map((name) => `domain/${noun}/${name}.ts`);

/**
 * The code that separates organizations and roles. To add a target: its files, without schemas that only
 * describe, and the fastest tests that specify it.
 */
export const targets: readonly Target[] = [
  {
    what: 'access',
    files: [
      'domain/access/ability.ts',
      'domain/access/member.ts',
      'domain/access/roles.schema.ts',
      'domain/access/rules.ts',
      'functions/http/steps/authorize.ts',
      'functions/http/steps/open-session.ts',
    ],
    tests: unit(
      ...['domain/ability', 'domain/access-properties', 'domain/roles', 'domain/visit-rules'],
      ...['functions/open-session', 'functions/permit', 'functions/pipeline'],
    ),
  },
  {
    what: 'guard',
    files: ['domain/table/guard.ts', 'domain/table/inspect-command.ts'],
    tests: unit('domain/guard', 'domain/guard-index', 'domain/guard-requests'),
  },
  {
    what: 'identity',
    files: ['functions/http/identity.ts'],
    tests: unit('functions/identity'),
  },
  {
    what: 'tenant credentials',
    files: [
      'domain/table/tenant-credentials.ts',
      'domain/table/token-credentials.ts',
      'functions/http/token-sessions.ts',
    ],
    tests: unit('domain/tenant-credentials', 'domain/token-credentials', 'functions/token-sessions'),
  },
  {
    what: 'support access',
    files: [
      'functions/http/steps/visit-organization.ts',
      ...casesOf('support-access', ['find-support-access', 'manage-support-access', 'support-access-writes']),
    ],
    tests: [
      ...unit('domain/visit-rules', 'functions/visit-organization'),
      ...withTheEngine('support-access', 'support-access-steps', 'support-access-extended'),
    ],
  },
  {
    what: 'approvals',
    files: casesOf('approval', [
      'begin-approved',
      'decide-request',
      'holding',
      'keep-approvals',
      'request-approval',
      'require-approval',
      'super-admin-here',
    ]),
    tests: [
      ...unit('domain/approval-properties', 'domain/approvals-enforced'),
      ...withTheEngine('approvals', 'approvals-in-between', 'new-super-admins'),
    ],
  },
  {
    what: 'cursor',
    files: ['domain/cursor.ts'],
    tests: unit('domain/cursor', 'domain/cursor-properties'),
  },
  {
    what: 'idempotency',
    files: ['domain/idempotency/idempotent-request.ts'],
    tests: withTheEngine('idempotency'),
  },
];
