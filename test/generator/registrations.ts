import type { Spellings } from './spellings.ts';

/** A position in a project file where a noun is registered: after the match. */
export interface Registration {
  readonly path: string;
  readonly behind: RegExp;
  readonly text: string;
}

/** The first import of a file: the formatter sorts the new one. */
const firstImport = /^import .*\n/m;

/** Every list that must contain a noun, with the noun's line. */
export const registrationsOf = (names: Spellings): readonly Registration[] => [
  ...ofDomain(names),
  ...ofHttp(names),
  ...ofWeb(names),
  ...ofTests(names),
];

function ofDomain({ pascal, camel, kebab }: Spellings): Registration[] {
  const [nouns, rules] = ['domain/nouns.ts', 'domain/access/rules.ts'];
  return [
    {
      path: nouns,
      behind: firstImport,
      text: `import { ${camel}Noun } from './${kebab}/${kebab}.noun.ts';\n`,
    },
    { path: nouns, behind: /^(?= {2}auditNoun,\n)/m, text: `  ${camel}Noun,\n` },
    {
      path: rules,
      behind: /^.*subject: 'Kpi', conditions },\n/m,
      text: `      { action: ['create', 'read', 'list', 'update', 'delete'], subject: '${pascal}', conditions },\n`,
    },
    {
      path: rules,
      behind: /^.*subject: 'Kpi', conditions: led },\n/m,
      text: `      { action: ['create', 'update', 'delete'], subject: '${pascal}', conditions: led },\n`,
    },
    {
      path: rules,
      behind: /^.*subject: 'Kpi', conditions: inTeam },\n/m,
      text: `    { action: ['read', 'list'], subject: '${pascal}', conditions: inTeam },\n`,
    },
  ];
}

function ofHttp({ camel, kebab, plural, pluralCamel }: Spellings): Registration[] {
  const word = plural === pluralCamel ? plural : `'${plural}'`;
  return [
    {
      path: 'functions/http/resources.ts',
      behind: /^ {2}kpis: served\(\n(?: {4}.*\n)+ {2}\),\n/m,
      text: `  ${word}: served(
    async () => (await import('./${kebab}/routes.ts')).${camel}Routes,
    async (of: OrganizationDependencies) => (await import('./${kebab}/handlers.ts')).${pluralCamel}(of),
  ),
`,
    },
  ];
}

function ofWeb({ plural, pluralCamel }: Spellings): Registration[] {
  const path = 'web/features.ts';
  return [
    {
      path,
      behind: firstImport,
      text: `import { ${pluralCamel} } from './features/${plural}/feature.ts';\n`,
    },
    { path, behind: /\bkpis,\s/, text: `${pluralCamel}, ` },
  ];
}

/** Test data of each route: who may call it, with which input, and on what. */
const ofTests = (names: Spellings): Registration[] => [...ofMatrix(names), ...ofBenchmark(names)];

function ofMatrix({ pascal, pluralPascal, camel, prefix, plural }: Spellings): Registration[] {
  const [abilities, world] = ['test/unit/domain/ability.test.ts', 'test/access/world.ts'];
  const all = ['create', 'read', 'list', 'update', 'delete'];
  const granted = all.map((action) => `      '${action} ${pascal}',\n`).join('');
  return [
    {
      path: 'test/access/matrix.ts',
      behind: /^ {2}deleteKpi: .*\n/m,
      text: `
  list${pluralPascal}: { own: 'yyyy', other: 'yynn' },
  create${pascal}: { own: 'yyyf', other: 'yynf', body: (_, unique) => ({ name: unique }) },
  get${pascal}: { own: 'yyyy', other: 'yynn' },
  update${pascal}: { own: 'yyyf', other: 'yynf' },
  delete${pascal}: { own: 'yyyf', other: 'yynf' },

`,
    },
    { path: world, behind: /^ {2}kpiId: .*\n/m, text: `  ${camel}Id: \`${prefix}_\${ulid}\`,\n` },
    {
      path: world,
      behind: /^ {2}const checkIn = await post.*\n/m,
      text: `  const ${camel} = await post(\`\${home.path}/teams/\${team.id}/${plural}\`, { name });\n`,
    },
    { path: world, behind: /^ {4}checkInId: String.*\n/m, text: `    ${camel}Id: String(${camel}.id),\n` },
    {
      path: abilities,
      behind: /^(?= {6}'list AuditEntry',\n)/m,
      text: granted,
    },
    {
      path: abilities,
      behind: /^(?= {6}'read Analytics',\n {4}\]\))/m,
      text: granted,
    },
    {
      path: abilities,
      behind: /(?<=beyondListing\(joined\)\)\.toEqual\(\[[^\]]*')(?=,?\s*\])/,
      text: `, 'read ${pascal}'`,
    },
    {
      path: abilities,
      behind: /said in a team of theirs'[\s\S]*?\.\.\.ownData/,
      text: `, 'list ${pascal}', 'read ${pascal}'`,
    },
  ];
}

function ofBenchmark({ pascal, pluralPascal, words }: Spellings): Registration[] {
  const path = 'test/bench/routes/cases.ts';
  const same = `takes what every ${words} takes: it is one item`;
  return [
    { path, behind: /^ {2}\{ route: 'listCheckIns' \},\n/m, text: `  { route: 'list${pluralPascal}' },\n` },
    {
      path,
      behind: /^ {2}requestUsageRuns: .*\n/m,
      text: ['get', 'update', 'delete'].map((verb) => `  ${verb}${pascal}: '${same}',\n`).join(''),
    },
    {
      path: 'test/bench/routes/write-cases.ts',
      behind: /^ {2}\{ route: 'deleteKpi'.*\n/m,
      text: `  { route: 'create${pascal}', body: () => ({ name: unique('${pascal}') }) },\n`,
    },
  ];
}
