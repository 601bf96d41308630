import { scopeFor } from '../../../domain/api-key/scopes.ts';
import type { Route } from '../route.ts';
import { takesKey, wantsState } from './refusals.ts';
import { isReadByState, type Response, responsesOf } from './responses.ts';
import { type Described, describe, type JsonSchema, propertiesOf, wordsOfRules } from './schemas.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** One operation of the document, and the schemas it refers to. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly unknown[];
}

/** Who may call a route, and what else a caller has to know. */
function descriptionOf(route: Route): string {
  const { access } = route;
  const scope = scopeOf(route);
  const who = {
    anyone: 'Needs no session.',
    identity: 'For everyone who is signed in.',
    platform: 'For super admins.',
    organization: `For roles that can ${'action' in access ? `${access.action} ${access.subject}` : ''}. See docs/role-permissions.md.`,
  };
  return [
    `${route.summary}.`,
    who[access.kind],
    ...(scope === undefined ? [] : [`API keys need the scope \`${scope}\`.`]),
    ...(wantsState(route) ? ['Send the ETag of the state you’re changing as `If-Match`.'] : []),
    ...(takesKey(route) ? ['Safe to retry with an `Idempotency-Key`.'] : []),
  ].join(' ');
}

const descriptions: Readonly<Record<string, string>> = {
  organizationId: 'The caller’s own organization, or any for super admins.',
  token: 'What the link in the email has.',
  limit: 'Number of items per page.',
  cursor: '`nextCursor` of the previous page, or `X-Next-Cursor` of an export.',
  assigneeId: 'Only KPIs assigned to this user. A KPI’s owner also counts as assigned.',
  dryRun: '`true` previews the change without making it.',
  from: 'The first day (UTC).',
  to: 'The last day (UTC).',
};

function pathParameters({ params }: Route): Parameter[] {
  const fields = params === undefined ? {} : propertiesOf(params);
  return Object.entries(fields).map(([name, schema]) => parameter(name, 'path', true, [], schema));
}

function queryParameters({ query }: Route): Parameter[] {
  if (query === undefined) return [];
  const required = new Set(describe(query, 'input').schema.required ?? []);
  const words = Map.groupBy(wordsOfRules(query), ({ path }) => path);
  return Object.entries(propertiesOf(query)).map(([name, schema]) => {
    const own = words.get(name)?.map(({ words }) => words) ?? [];
    return parameter(name, 'query', required.has(name), own, schema);
  });
}

function parameter(
  name: string,
  at: 'path' | 'query',
  required: boolean,
  rules: readonly string[],
  { description: ofSchema, ...schema }: JsonSchema,
): Parameter {
  const demands = [ofSchema, ...rules].filter((it) => it !== undefined).map((it) => `It ${it}.`);
  const description = [descriptions[name], ...demands].filter((it) => it !== undefined).join(' ');
  return { name, in: at, required, ...(description === '' ? {} : { description }), schema };
}

const header = (name: string, description: string, required: boolean, schema: JsonSchema): Parameter => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', ...schema },
});

const ifMatch = header('If-Match', 'The ETag of the state you’re changing, or several.', true, {
  pattern: '^(?:W/)?"[!#-~]*"(?:\\s*,\\s*(?:W/)?"[!#-~]*")*$',
  examples: ['"4"'],
});
const ifNoneMatch = header(
  'If-None-Match',
  'The ETag of the state you already have. While it’s current, the response is 304.',
  false,
  // Malformed ETags are ignored (RFC 9110).
  { examples: ['"4"'] },
);
const idempotencyKey = header(
  'Idempotency-Key',
  'A unique key of your choice for each new request. Retries within a day get the first response.',
  false,
  { minLength: 1, maxLength: 64, pattern: '^[!-~]+$' },
);

const parametersOf = (route: Route, answer: Described | undefined): Parameter[] => [
  ...pathParameters(route),
  ...queryParameters(route),
  ...(wantsState(route) ? [ifMatch] : []),
  ...(isReadByState(route, answer) ? [ifNoneMatch] : []),
  ...(takesKey(route) ? [idempotencyKey] : []),
];

/** The scope that an API key needs for a route; undefined if keys aren't accepted. */
const scopeOf = ({ access }: Route) => (access.kind === 'organization' ? scopeFor(access) : undefined);

/** Who may call a route, unless that is every signed-in user. */
function securityOf(route: Route): Pick<Operation, 'security'> {
  const scope = scopeOf(route);
  if (route.access.kind === 'anyone') return { security: [] };
  return scope === undefined ? {} : { security: [{ session: [] }, { apiKey: [scope] }] };
}

/** Describes one route. `named` are the schemas it refers to. */
export function operationOf(
  name: string,
  route: Route,
): { readonly operation: Operation; readonly named: Readonly<Record<string, JsonSchema>> } {
  const body = route.body && describe(route.body, 'input');
  const answer = route.response && describe(route.response, 'output');
  const operation = {
    operationId: name,
    summary: route.summary,
    description: descriptionOf(route),
    tags: [tagOf(route.path)],
    parameters: parametersOf(route, answer),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body.schema } } } }),
    responses: responsesOf(route, answer),
    ...securityOf(route),
  };
  return { operation, named: { ...body?.named, ...answer?.named } };
}

/**
 * The tag of a path, from its fixed segments: `Teams` for `…/teams/{teamId}/members/{userId}`; platform
 * routes have tags of their own.
 */
function tagOf(path: string): string {
  const [first = '', second = first] = path
    .split('/')
    .slice(2)
    .filter((word) => !word.startsWith('{'));
  if (first === 'openapi.json' || first === 'docs') return 'Reference';
  const words = first === 'admin' ? `platform: ${second}` : first === 'organizations' ? second : first;
  return words.charAt(0).toUpperCase() + words.slice(1).replaceAll('-', ' ');
}

const tagDescriptions: Readonly<Record<string, string>> = {
  Health: 'Whether the API is up.',
  Webhooks: 'Events from Clerk.',
  Me: 'The caller.',
  Reference: 'The API about itself.',
  'Platform: organizations': 'All organizations, for super admins: profile, status and plan.',
  Organizations: 'One organization, as its members see it.',
  Users: 'The users of an organization.',
  Invitations: 'Invitations to an organization and their status.',
  Teams: 'The teams of an organization and their members.',
  Kpis: 'KPIs of teams and people, and their check-ins.',
  Usage: 'Daily usage figures of an organization.',
  'Platform: analytics': 'Figures of all organizations combined.',
  'Platform: approvals': 'What takes two super admins: requests, approvals, and what became of them.',
  'Platform: departures': 'How organizations leave: frozen, exported, deleted, with a certificate.',
  'Platform: drift': 'Comparisons of users and invitations with Clerk, and what they repaired.',
  'Platform: usage': 'The jobs that compute usage figures.',
  Access: 'Why a user can or can’t do something.',
  'Data export': 'What an organization that is leaving takes along.',
  'Person data': 'What an organization holds about one person.',
  Unsubscribe: 'Links in emails that turn them off.',
  'Api keys': 'Keys that an organization’s programs call the API with.',
  'Outgoing webhooks': 'Where an organization’s changes are sent, signed, and what became of each message.',
  'Support access': 'Who of the platform is in an organization, why, and until when.',
  Analytics: 'Figures of an organization, now and over time.',
  Onboarding: 'The onboarding of an organization.',
  Audit: 'The audit log of an organization.',
  'Audit key': 'The key that signs audit log checkpoints.',
  'Platform: audit': 'The audit log of all organizations.',
};

/** The document's tags in the order of its operations. A new tag needs a description above. */
export const tagged = (tags: readonly string[]): { readonly name: string; readonly description: string }[] =>
  [...new Set(tags)].map((name) => ({ name, description: tagDescriptions[name] ?? '' }));
