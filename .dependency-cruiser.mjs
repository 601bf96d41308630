/**
 * Who may import whom: docs/architecture.md in executable form. `npm run imports` checks it; test/unit/tooling/import-rules
 * shows that each rule fires. There are no exceptions by comment: an exception is a rule's own words, with its reason.
 */
import { Visitor } from '@swc/core/Visitor.js';

// TypeScript 7 has no compiler API for tools, so swc parses. Its visitor knows every statement but `using`, and gives up at
// one: it is shown the `const` that a `using` otherwise is.
const { visitStatement } = Visitor.prototype;
Visitor.prototype.visitStatement = function (statement) {
  const known =
    statement.type === 'UsingDeclaration'
      ? { ...statement, type: 'VariableDeclaration', kind: 'const', declarations: statement.decls }
      : statement;
  return visitStatement.call(this, known);
};

/** Matches an npm package, installed or not, and its subpaths. */
const npm = (...names) => `(^|/)(node_modules/)?(${names.join('|')})(/|$)`;

/** Domain files that run anywhere, the browser included: they hold shapes and rules, and touch no storage. */
const portableDomain =
  '^domain/(access/|audit/tree/|(actor|csv|difference|errors|field-errors|ids|visible-text|subscription/catalogue)\\.ts$|.+\\.(schema|refusals)\\.ts$)';
/** What nouns say of themselves, and how the table is laid out: data, and types of what they are about. */
const declarations = '^domain/(nouns\\.ts$|.+\\.noun\\.ts$|table/(item|kinds|layout)\\.ts$)';
/** The route table: data, whoever reads it. */
const routeTable = '^functions/http/(routes?|[a-z-]+/(platform-)?routes)\\.ts$';
const serverOnly = npm(
  '@aws-sdk',
  '@smithy',
  'electrodb',
  'aws-lambda',
  '@types/aws-lambda',
  '@middy',
  '@clerk',
);
/** How the API refuses: data, for whoever says it in their own words. */
const httpRefusals = '^functions/.+\\.refusals\\.ts$';
const builtIns = { dependencyTypes: ['core'] };

/** Folders of the domain, from what all stand on to what tells of the others. `domain/nouns.ts` lists them all. */
const foundations = 'table|subscription|access';
const work = 'organization|user|team|kpi|invitation|initiative|comment';
const folders = (...names) => `^domain/(${names.join('|')})/`;

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const direction = [
  forbid(
    'domain-looks-down',
    'Use cases know nothing of how they are called: no transport, no deployment, no pages.',
    { path: '^domain/' },
    { path: '^(functions|infra|web|test)/' },
  ),
  forbid(
    'events-know-schemas-only',
    'Events are shared with the web app: they may use portable domain files, what keys of items say, and nothing else of ours.',
    { path: '^events/' },
    { path: '^(domain|functions|infra|web)/', pathNot: [portableDomain, declarations] },
  ),
  forbid(
    'shared-code-runs-anywhere',
    'The web app imports events, schemas and access rules, so they use no AWS and no Node built-ins.',
    { path: ['^events/', portableDomain] },
    { path: serverOnly },
  ),
  forbid(
    'shared-code-has-no-built-ins',
    'The web app imports events, schemas and access rules: a browser has no Node built-ins.',
    { path: ['^events/', portableDomain, '^web/(?!vite\\.config\\.ts$)', routeTable] },
    builtIns,
  ),
  forbid(
    'portable-domain-stays-portable',
    'A schema that imports storage or a use case would bring it into the browser.',
    { path: portableDomain },
    { path: '^domain/', pathNot: [portableDomain, declarations] },
  ),
  forbid(
    'an-item-belongs-to-its-noun',
    "A noun's storage is its own: others ask its use cases. The import alone writes the items of other nouns: with their " +
      'ids and times, whatever a plan allows, and away again when it is undone. No use case of a noun does that.',
    { path: '^domain/([^/]+)/', pathNot: '^domain/import/' },
    { path: '\\.noun\\.ts$', pathNot: '^domain/$1/' },
  ),
  forbid(
    'foundations-know-no-noun',
    'The table, the plans and the access rules are what every noun stands on: they know none.',
    { path: folders(foundations) },
    { path: '^domain/[a-z-]+/', pathNot: folders(foundations) },
  ),
  forbid(
    'work-looks-down',
    'What an organization works with knows nothing of what is made of it: the trail, usage, analytics, approvals, departures.',
    { path: folders(work) },
    { path: '^domain/[a-z-]+/', pathNot: folders(foundations, work) },
  ),
  forbid(
    'audit-looks-down',
    'The trail knows what it tells of, and nothing that reads it, undoes it or takes it away.',
    { path: folders('audit') },
    { path: '^domain/[a-z-]+/', pathNot: folders(foundations, work, 'audit') },
  ),
  forbid(
    'items-stay-in-the-domain',
    'Nothing outside the domain builds keys or reads items by itself.',
    { path: '^(functions|infra|web|events)/' },
    { path: ['\\.noun\\.ts$', '^domain/table/(entity|writes)\\.ts$'] },
  ),
  forbid(
    'functions-know-no-deployment',
    'A function runs anywhere the template runs: it knows neither CDK, nor the local runner, nor the pages.',
    { path: '^functions/' },
    { path: ['^(infra|web)/', npm('aws-cdk-lib', 'constructs')] },
  ),
  forbid(
    'routes-are-data',
    'The route table is read by infrastructure, tests and the web app: it imports schemas and access rules only.',
    // The table itself is collected from the list of resources, which loads handlers only for a function.
    { path: routeTable, pathNot: '^functions/http/routes\\.ts$' },
    { path: '^(domain|functions|events)/', pathNot: [portableDomain, routeTable] },
  ),
  forbid(
    'infra-reads-functions-as-data',
    'Infrastructure reads the route table; function entries it names by path. It never imports a handler.',
    { path: '^infra/' },
    { path: '^functions/', pathNot: routeTable },
  ),
  forbid(
    'infra-reads-domain-as-data',
    'The CDK app reads the key layout and portable files, no use case. The local runner reads the table folder too, because ' +
      'it creates the table; its seed calls use cases, because demo data must be data that the product could have made.',
    { path: '^infra/', pathNot: '^infra/(local|import|restore)/' },
    { path: '^domain/', pathNot: [portableDomain, '^domain/table/layout\\.ts$'] },
  ),
  forbid(
    'local-runner-calls-no-use-case',
    'Only the seed calls use cases: demo data must be data that the product could have made.',
    { path: '^infra/local/', pathNot: '^infra/local/seed/' },
    { path: '^domain/', pathNot: [portableDomain, '^domain/table/'] },
  ),
  forbid(
    'import-calls-its-own-use-cases',
    'The command line of the import opens a table and calls the import, which alone asks the other nouns. The backtest of health and growing the directory open a table as it does.',
    { path: '^infra/import/', pathNot: '^infra/import/(health-backtest|reshard)\\.ts$' },
    { path: '^domain/', pathNot: [portableDomain, '^domain/(table|import)/'] },
  ),
  forbid(
    'restore-knows-audit-logs-only',
    'A restored table is compared with its layout, and its audit logs are carried over and verified; what else is in it is counted by its keys.',
    { path: '^infra/restore/' },
    { path: '^domain/', pathNot: [portableDomain, declarations, '^domain/(table|audit)/'] },
  ),
  forbid(
    'infra-deploys-nothing-local',
    'The local runner runs what is deployed, the import fills it, and the restore brings it back: none is ever part of it. Import and restore find the ' +
      'engine of the product on this machine where the local runner has it.',
    { path: '^infra/', pathNot: '^infra/(local|import|restore)/' },
    { path: '^infra/(local|import|restore)/' },
  ),
  forbid(
    'web-imports-what-is-shared',
    'Of ours the web app imports schemas, access rules, events, refusals and the route table: no use case, no storage, no handler.',
    { path: '^web/' },
    { path: '^(domain|functions|infra)/', pathNot: [portableDomain, routeTable, httpRefusals] },
  ),
  forbid(
    'web-features-stand-alone',
    'A feature may be removed without touching another: what two features need is in components or lib.',
    { path: '^web/features/([^/]+)/' },
    { path: '^web/features/', pathNot: '^web/features/$1/' },
  ),
  forbid(
    'unguarded-for-the-canary',
    'The one client without the guard is for the canary, which finds out whether AWS itself keeps organizations apart.',
    { pathNot: ['^functions/schedules/canary\\.ts$', '^test/'] },
    { path: '^functions/aws/unguarded-table\\.ts$' },
  ),
  forbid(
    'nothing-imports-tests',
    'Product code stands without its tests.',
    { pathNot: '^test/' },
    { path: '^test/' },
  ),
];

const libraries = [
  forbid(
    'electrodb-at-the-storage-edge',
    'Business code sees entities behind services, never the database library.',
    { pathNot: ['^domain/table/', '^test/', 'node_modules'] },
    { path: npm('electrodb') },
  ),
  forbid(
    'aws-sdk-in-adapters',
    'AWS is called in domain/table and in functions/aws, one file for each service; the local runner imitates AWS and may ' +
      'use its clients, and the restore works on whole tables with the credentials of an operator.',
    { pathNot: ['^domain/table/', '^functions/aws/', '^infra/(local|restore)/', '^test/', 'node_modules'] },
    { path: npm('@aws-sdk', '@smithy') },
  ),
  forbid(
    'jose-verifies-sessions',
    'Session tokens are verified in one file. The stand-ins sign them for Clerk and take them for STS.',
    {
      pathNot: ['^functions/http/identity\\.ts$', '^infra/local/(clerk|aws/sts)/', '^test/', 'node_modules'],
    },
    { path: npm('jose') },
  ),
  forbid(
    'middy-in-pipelines',
    'A pipeline is composed where it can be read in one place. Types are free.',
    { pathNot: ['^functions/.*pipeline\\.ts$', '^test/', 'node_modules'] },
    { path: npm('@middy'), dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'clerk-client-in-its-adapter',
    "Clerk's Backend API is called in functions/clerk, and by the seed, which makes people there.",
    { pathNot: ['^functions/clerk/', '^infra/local/seed/clerk-people\\.ts$', '^test/', 'node_modules'] },
    { path: npm('@clerk/backend') },
  ),
  forbid(
    'clerk-react-in-its-adapter',
    "Clerk's React client stays behind the web app's own identity interface.",
    { pathNot: ['^web/identity/', '^test/', 'node_modules'] },
    { path: npm('@clerk/react') },
  ),
  forbid(
    'iam-simulator-in-the-local-gate',
    'It is AGPL: a development tool behind one file of the local runner, in nothing that is deployed.',
    { pathNot: ['^infra/local/aws/iam/', '^test/', 'node_modules'] },
    { path: npm('@cloud-copilot/iam-simulate') },
  ),
  {
    name: 'one-file-adapts-a-library',
    comment: 'These libraries are replaced by changing one file.',
    severity: 'error',
    from: { path: '^(functions|infra|domain|web)/' },
    module: {
      path: npm('@clerk/backend', '@clerk/react', '@cloud-copilot/iam-simulate'),
      numberOfDependentsMoreThan: 1,
    },
  },
];

const hygiene = [
  forbid('no-cycles', 'A cycle has no first file to read.', {}, { circular: true }),
  forbid(
    'no-orphans',
    'A file that imports nothing and that nothing imports is left over. The bundler puts one in the place of a package.',
    {
      orphan: true,
      pathNot: [
        '\\.d\\.m?ts$',
        '^[^/]+\\.(m?js|ts)$',
        '^test/',
        '^infra/bundle/(jsonschema-stub|merge-start)\\.ts$',
      ],
    },
    {},
  ),
  forbid('no-barrels', 'Import a thing from where it is written.', {}, { dependencyTypes: ['export'] }),
  forbid('no-unresolved', 'What is imported exists.', {}, { couldNotResolve: true }),
  forbid(
    'no-undeclared-packages',
    'A package that is used stands in package.json.',
    {},
    {
      dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
    },
  ),
];

export default {
  forbidden: [...direction, ...libraries, ...hygiene],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk\\.out|\\.local|web/dist|test/artifacts)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
