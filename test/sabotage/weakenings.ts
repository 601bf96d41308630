/** One line of the product that somebody might weaken, by mistake or not, and the tests that must notice. */
export interface Weakening {
  readonly what: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  readonly project: 'unit' | 'infra' | 'domain';
  readonly tests: readonly string[];
}

const unit = (...names: string[]) => names.map((name) => `test/unit/${name}.test.ts`);

/**
 * What `npm run sabotage` tries, one after the other. To add one: a line of the product, and the test that
 * knows why.
 */
export const weakenings: readonly Weakening[] = [
  {
    what: 'A request without a key passes the tenant role: no Null condition',
    file: 'infra/constructs/leading-keys.ts',
    from: "  Null: { 'dynamodb:LeadingKeys': 'false' },\n",
    to: '',
    project: 'infra',
    tests: ['test/infra/tenant-role.test.ts'],
  },
  {
    what: 'The session tag is a wildcard',
    file: 'infra/constructs/tenant-role.ts',
    // Two statements are limited so: the first is that of the table itself.
    from: `        resources: [table.tableArn],\n        conditions: onlyLeadingKeys([\`\\\${aws:PrincipalTag/\${organizationTag}}#*\`]),`,
    to: "        resources: [table.tableArn],\n        conditions: onlyLeadingKeys(['*']),",
    project: 'infra',
    tests: ['test/infra/tenant-role.test.ts'],
  },
  {
    what: 'A session may remove audit entries of its organization',
    file: 'infra/constructs/tenant-role.ts',
    from: "      ['Put', 'Update', 'Delete'],\n",
    to: "      ['Put', 'Update'],\n",
    project: 'infra',
    tests: ['test/infra/tenant-role.test.ts'],
  },
  {
    what: 'The guard lets Scan and PartiQL pass',
    file: 'domain/table/inspect-command.ts',
    from: '    default:\n      return null;',
    to: '    default:\n      return [];',
    project: 'unit',
    tests: unit('domain/guard'),
  },
  {
    what: 'The guard doesn’t look at the keys that a write puts into an index',
    file: 'domain/table/inspect-command.ts',
    from: '...leadingOf(request.Item), ',
    to: '',
    project: 'unit',
    tests: unit('domain/guard', 'domain/guard-index'),
  },
  {
    what: 'Rows that somebody planted in an index come out',
    file: 'domain/table/inspect-command.ts',
    from: 'answer.Items.filter((row) => belongsTo(partition, partitionKeyIn(row)))',
    to: 'answer.Items.filter(() => true)',
    project: 'unit',
    tests: unit('domain/guard-index'),
  },
  {
    what: 'A cursor is good for anybody',
    file: 'domain/cursor.ts',
    from: '      viewer === use.viewer &&\n',
    to: '',
    project: 'unit',
    tests: unit('domain/cursor', 'domain/cursor-properties'),
  },
  {
    what: 'A cursor is good for any organization',
    file: 'domain/cursor.ts',
    from: '      organizationId === use.organizationId &&\n',
    to: '',
    project: 'unit',
    tests: unit('domain/cursor', 'domain/cursor-properties'),
  },
  {
    what: 'A token that was issued for another application is good (azp)',
    file: 'functions/http/identity.ts',
    from: '    if (!authorizedParties.includes(azp)) throw httpRefusals.token_of_another_application();\n',
    to: '',
    project: 'unit',
    tests: unit('functions/identity'),
  },
  {
    what: 'A token of any issuer is good',
    file: 'functions/http/identity.ts',
    from: "      algorithms: ['RS256'],\n      issuer,\n",
    to: "      algorithms: ['RS256'],\n",
    project: 'unit',
    tests: unit('functions/identity'),
  },
  {
    what: 'A token opens an organization of its holder’s choice',
    file: 'functions/http/token-sessions.ts',
    from: '    if (tagged !== organizationId)\n',
    to: '    if (tagged === undefined)\n',
    project: 'unit',
    tests: unit('functions/token-sessions'),
  },
  {
    what: 'STS takes a token of another application for the tenant role',
    file: 'infra/constructs/tenant-role.ts',
    from: `{ [\`\${issuer}:aud\`]: stage.origin, 'sts:RoleSessionName': sessionName }`,
    to: "{ 'sts:RoleSessionName': sessionName }",
    project: 'infra',
    tests: ['test/infra/tenant-role.test.ts'],
  },
  {
    what: 'A super admin enters an organization without support access',
    file: 'functions/http/steps/visit-organization.ts',
    from: '    if (isReading(route) && mayAllow(ability, action, subject)) return;\n',
    to: '    if (isReading(route)) return;\n',
    project: 'unit',
    tests: unit('functions/visit-organization'),
  },
  {
    what: 'Support access that is for reading only changes things',
    file: 'functions/http/steps/visit-organization.ts',
    from: "  if (open.mode === 'read') throw supportAccessRefusals.support_access_is_read_only();\n",
    to: '',
    project: 'unit',
    tests: unit('functions/visit-organization'),
  },
  {
    what: 'An idempotency key is bound to no organization',
    file: 'domain/idempotency/idempotency.noun.ts',
    from: "key: ['{organizationId}#request', '{request}'],",
    to: "key: ['platform#request', '{request}'],",
    project: 'domain',
    tests: ['test/integration/domain/idempotency.test.ts'],
  },
  {
    what: 'An idempotency key is bound to no person',
    file: 'domain/idempotency/idempotent-request.ts',
    from: 'hash([userId, route, key])',
    to: 'hash([route, key])',
    project: 'domain',
    tests: ['test/integration/domain/idempotency.test.ts'],
  },
  {
    what: 'What somebody may not see is refused with 403, and so said to be there',
    file: 'functions/http/steps/authorize.ts',
    from: "throw allows(ability, 'read', shownAs, whole) ? forbidden(access) : new ConcealedRefusal(notFound());",
    to: 'throw forbidden(access);',
    project: 'unit',
    tests: unit('functions/permit'),
  },
  {
    what: 'The rules aren’t asked about the fields of a body',
    file: 'functions/http/steps/authorize.ts',
    from: 'fieldsOf(body).every((field) => allows(ability, action, subject, instance, field));',
    to: 'fieldsOf(body).every(() => true);',
    project: 'unit',
    tests: unit('functions/permit'),
  },
  {
    what: 'Another organization’s path is opened',
    file: 'functions/http/steps/open-session.ts',
    from: '  if (!isPlatforms && organizationId !== target)\n',
    to: '  if (!isPlatforms && organizationId === undefined)\n',
    project: 'unit',
    tests: unit('functions/pipeline'),
  },
  {
    what: 'A team lead may change the KPIs of every team',
    file: 'domain/access/rules.ts',
    from: "subject: 'Kpi', conditions: led },",
    to: "subject: 'Kpi', conditions: own },",
    project: 'unit',
    tests: unit('domain/ability', 'domain/access-properties'),
  },
  {
    what: 'Whoever an organization’s partition calls a super admin is one',
    file: 'domain/access/rules.ts',
    from: '    organizationId === PLATFORM\n      ? [',
    to: "    organizationId !== ''\n      ? [",
    project: 'unit',
    tests: unit('domain/ability', 'domain/access-properties'),
  },
];
