/** One file with its imports, as source text. */
export interface FixtureFile {
  readonly path: string;
  readonly source: string;
}

/** A file that violates the rule under which it is listed. */
export interface Violation extends FixtureFile {
  readonly rule: string;
}

const imports = (...specifiers: readonly string[]): string =>
  specifiers.map((specifier, index) => `import * as i${index} from '${specifier}';`).join('\n');
const importsType = (specifier: string): string => `import type { T } from '${specifier}';`;

/** The targets of the violating and the permitted files. */
export const targets: readonly FixtureFile[] = [
  'domain/ids.ts',
  'domain/table/layout.ts',
  'domain/table/tables.ts',
  'domain/team/team.schema.ts',
  'domain/team/team.noun.ts',
  'domain/organization/organization.noun.ts',
  'domain/team/team.service.ts',
  'domain/access/ability.ts',
  'functions/http/team/handlers.ts',
  'functions/http/routes.ts',
  'functions/aws/unguarded-table.ts',
  'infra/stacks/api-stack.ts',
  'infra/local/product.ts',
  'domain/import/apply-import.ts',
  'web/lib/client.ts',
  'web/features/team/page.tsx',
  'test/support/product.ts',
].map((path) => ({ path, source: 'export const target = 1;\nexport type T = typeof target;' }));

/** Packages that the fixture tree has installed; `undeclared` is missing from its package.json. */
export const packages = [
  'electrodb',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-dynamodb',
  'aws-cdk-lib',
  'jose',
  '@middy/core',
  '@clerk/backend',
  '@clerk/react',
  '@cloud-copilot/iam-simulate',
];

export const violations: readonly Violation[] = [
  {
    rule: 'domain-looks-down',
    path: 'domain/kpi/kpi.service.ts',
    source: imports('../../functions/http/team/handlers.ts'),
  },
  {
    rule: 'events-know-schemas-only',
    path: 'events/team-created.ts',
    source: importsType('../domain/team/team.service.ts'),
  },
  {
    rule: 'shared-code-runs-anywhere',
    path: 'domain/kpi/kpi.schema.ts',
    source: imports('@aws-sdk/client-s3'),
  },
  {
    rule: 'shared-code-runs-anywhere',
    path: 'events/bus.ts',
    source: importsType('@aws-sdk/client-s3'),
  },
  { rule: 'shared-code-has-no-built-ins', path: 'domain/access/explain.ts', source: imports('node:fs') },
  { rule: 'shared-code-has-no-built-ins', path: 'web/lib/files.ts', source: imports('node:path') },
  {
    rule: 'portable-domain-stays-portable',
    path: 'domain/kpi/goal.schema.ts',
    source: imports('../team/team.service.ts'),
  },
  {
    rule: 'an-item-belongs-to-its-noun',
    path: 'domain/kpi/progress.service.ts',
    source: imports('../team/team.noun.ts'),
  },
  {
    rule: 'foundations-know-no-noun',
    path: 'domain/access/of-teams.ts',
    source: importsType('../team/team.schema.ts'),
  },
  {
    rule: 'work-looks-down',
    path: 'domain/kpi/brought-along.ts',
    source: imports('../import/apply-import.ts'),
  },
  {
    rule: 'audit-looks-down',
    path: 'domain/audit/brought-along.ts',
    source: imports('../import/apply-import.ts'),
  },
  {
    rule: 'items-stay-in-the-domain',
    path: 'functions/http/kpi/handlers.ts',
    source: importsType('../../../domain/team/team.noun.ts'),
  },
  {
    rule: 'functions-know-no-deployment',
    path: 'functions/streams/audit.ts',
    source: imports('aws-cdk-lib'),
  },
  {
    rule: 'functions-know-no-deployment',
    path: 'functions/streams/locally.ts',
    source: imports('../../infra/local/product.ts'),
  },
  {
    rule: 'routes-are-data',
    path: 'functions/http/team/routes.ts',
    source: imports('./handlers.ts'),
  },
  {
    rule: 'infra-reads-functions-as-data',
    path: 'infra/stacks/events-stack.ts',
    source: imports('../../functions/http/team/handlers.ts'),
  },
  {
    rule: 'infra-reads-domain-as-data',
    path: 'infra/stacks/data-stack.ts',
    source: imports('../../domain/table/tables.ts'),
  },
  {
    rule: 'local-runner-calls-no-use-case',
    path: 'infra/local/start.ts',
    source: imports('../../domain/team/team.service.ts'),
  },
  {
    rule: 'import-calls-its-own-use-cases',
    path: 'infra/import/teams.ts',
    source: imports('../../domain/team/team.service.ts'),
  },
  {
    rule: 'restore-knows-audit-logs-only',
    path: 'infra/restore/teams.ts',
    source: imports('../../domain/team/team.service.ts'),
  },
  {
    rule: 'infra-deploys-nothing-local',
    path: 'infra/stacks/web-stack.ts',
    source: imports('../local/product.ts'),
  },
  {
    rule: 'web-imports-what-is-shared',
    path: 'web/lib/teams.ts',
    source: importsType('../../domain/team/team.service.ts'),
  },
  {
    rule: 'web-imports-what-is-shared',
    path: 'web/lib/keys.ts',
    source: imports('../../domain/table/layout.ts'),
  },
  {
    rule: 'web-features-stand-alone',
    path: 'web/features/kpi/page.tsx',
    source: imports('../team/page.tsx'),
  },
  {
    rule: 'unguarded-for-the-canary',
    path: 'functions/http/kpi/in-a-hurry.ts',
    source: imports('../../aws/unguarded-table.ts'),
  },
  {
    rule: 'nothing-imports-tests',
    path: 'infra/local/demo.ts',
    source: imports('../../test/support/product.ts'),
  },
  { rule: 'electrodb-at-the-storage-edge', path: 'domain/kpi/list.service.ts', source: imports('electrodb') },
  {
    rule: 'aws-sdk-in-adapters',
    path: 'functions/http/export/handlers.ts',
    source: "export const client = () => import('@aws-sdk/client-s3');",
  },
  {
    rule: 'aws-sdk-in-adapters',
    path: 'functions/http/import/handlers.ts',
    source:
      "await using client = await import('@aws-sdk/client-s3');\nexport const f = () => { using c = client; };",
  },
  { rule: 'jose-verifies-sessions', path: 'functions/http/steps/tenant.ts', source: imports('jose') },
  {
    rule: 'middy-in-pipelines',
    path: 'functions/http/middleware/validate.ts',
    source: imports('@middy/core'),
  },
  {
    rule: 'clerk-client-in-its-adapter',
    path: 'functions/http/invitation/handlers.ts',
    source: imports('@clerk/backend'),
  },
  {
    rule: 'clerk-react-in-its-adapter',
    path: 'web/components/user-button.tsx',
    source: imports('@clerk/react'),
  },
  {
    rule: 'iam-simulator-in-the-local-gate',
    path: 'functions/http/policy/handlers.ts',
    source: importsType('@cloud-copilot/iam-simulate'),
  },
  { rule: 'no-cycles', path: 'domain/kpi/a.service.ts', source: importsType('./b.service.ts') },
  { rule: 'no-orphans', path: 'domain/kpi/left-over.service.ts', source: 'export const nobody = 1;' },
  { rule: 'no-barrels', path: 'domain/team/index.ts', source: "export * from './team.service.ts';" },
  {
    rule: 'no-barrels',
    path: 'domain/team/public.ts',
    source: "export { target } from './team.service.ts';",
  },
  { rule: 'no-unresolved', path: 'domain/kpi/typo.service.ts', source: imports('./tpyo.ts') },
  { rule: 'no-undeclared-packages', path: 'domain/kpi/borrow.service.ts', source: imports('undeclared') },
];

/** The other half of a violation that needs two files: a cycle, and a library adapted twice. */
export const accomplices: readonly FixtureFile[] = [
  { path: 'domain/kpi/b.service.ts', source: `${imports('./a.service.ts')}\nexport type T = 1;` },
  { path: 'functions/clerk/users.ts', source: imports('@clerk/backend') },
  { path: 'functions/clerk/sessions.ts', source: imports('@clerk/backend') },
];

export const permitted: readonly FixtureFile[] = [
  {
    path: 'domain/organization/update-organization.ts',
    source: imports('./organization.noun.ts', '../team/team.service.ts', '../table/tables.ts'),
  },
  { path: 'domain/import/import-team.ts', source: imports('../team/team.noun.ts') },
  { path: 'domain/table/entity.ts', source: imports('electrodb', './layout.ts') },
  { path: 'domain/table/client.ts', source: imports('@aws-sdk/client-dynamodb', 'node:crypto') },
  { path: 'events/team-deleted.ts', source: imports('../domain/team/team.schema.ts') },
  {
    path: 'functions/http/organization/handlers.ts',
    source: imports(
      '../../../domain/organization/update-organization.ts',
      '../../../domain/access/ability.ts',
    ),
  },
  { path: 'functions/http/identity.ts', source: imports('jose') },
  { path: 'functions/http/middleware/limits.ts', source: importsType('@middy/core') },
  { path: 'functions/http/pipeline.ts', source: imports('@middy/core') },
  { path: 'functions/aws/s3.ts', source: imports('@aws-sdk/client-s3') },
  {
    path: 'infra/stacks/table-stack.ts',
    source: imports('aws-cdk-lib', '../../domain/table/layout.ts', '../../functions/http/routes.ts'),
  },
  { path: 'infra/local/aws/iam/simulate.ts', source: imports('@cloud-copilot/iam-simulate', 'node:fs') },
  { path: 'infra/local/clerk/sign.ts', source: imports('jose') },
  { path: 'infra/local/aws/sts/take.ts', source: imports('jose') },
  {
    path: 'infra/import/run.ts',
    source: imports(
      '../../domain/import/apply-import.ts',
      '../../domain/table/tables.ts',
      '../local/product.ts',
    ),
  },
  { path: 'infra/local/seed/teams.ts', source: imports('../../../domain/team/team.service.ts') },
  {
    path: 'web/features/organization/page.tsx',
    source: imports(
      '../../lib/client.ts',
      '../../../domain/access/ability.ts',
      '../../../domain/team/team.schema.ts',
    ),
  },
  { path: 'web/identity/clerk.tsx', source: imports('@clerk/react') },
  {
    path: 'test/unit/team.test.ts',
    source: imports('../../domain/team/team.noun.ts', 'electrodb', 'jose'),
  },
];
