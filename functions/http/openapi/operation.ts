import { type ErrorCode, errorStatus } from '../../../domain/errors.ts';
import type { Route } from '../routes/route.ts';
import { meanings } from './problem.ts';
import { refusalsOf, takesKey, wantsState } from './refusals.ts';
import { describe, type JsonSchema, propertiesOf } from './schemas.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** An answer as OpenAPI has it. */
interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

/** One operation of the document, and the named schemas it refers to. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly unknown[];
}

/** What a path is about, by its fixed words: `Teams` of `…/teams/{teamId}/members/{userId}`; the platform's own apart. */
function tagOf(path: string): string {
  const [first = '', second = first] = path
    .split('/')
    .slice(2)
    .filter((word) => !word.startsWith('{'));
  if (first === 'openapi.json' || first === 'docs') return 'Reference';
  const words = first === 'admin' ? `platform: ${second}` : first === 'organizations' ? second : first;
  return words.charAt(0).toUpperCase() + words.slice(1).replaceAll('-', ' ');
}

const descriptions: Readonly<Record<string, string>> = {
  organizationId: 'The organization: the caller’s own, or any for the super admin.',
  limit: 'How many items a page has.',
  cursor: '`nextCursor` of the page before.',
  assigneeId: 'Only KPIs assigned to this person. The person who owns a KPI counts as assigned to it.',
  dryRun: '`true` changes nothing and says what the change would come to.',
};

const parameter =
  (at: 'path' | 'query') =>
  ([name, property]: readonly [string, JsonSchema]) => {
    const description = descriptions[name];
    return {
      name,
      in: at,
      required: at === 'path',
      ...(description === undefined ? {} : { description }),
      schema: property,
    };
  };

const header = (name: string, description: string, required: boolean, schema: JsonSchema): Parameter => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', ...schema },
});

const ifMatch = header('If-Match', 'The ETag of the state that is changed.', true, {
  examples: ['"4"'],
});
const idempotencyKey = header(
  'Idempotency-Key',
  'Chosen by the caller, new for each new request: a repetition within a day gets the first answer.',
  false,
  { minLength: 1, maxLength: 64, pattern: '^[!-~]+$' },
);

function parametersOf(route: Route): Parameter[] {
  const { params, query } = route;
  const required = new Set(query === undefined ? [] : (describe(query, 'input').schema.required ?? []));
  return [
    ...Object.entries(params === undefined ? {} : propertiesOf(params)).map(parameter('path')),
    ...Object.entries(query === undefined ? {} : propertiesOf(query))
      .map(parameter('query'))
      .map((described) => ({ ...described, required: required.has(described.name) })),
    ...(wantsState(route) ? [ifMatch] : []),
    ...(takesKey(route) ? [idempotencyKey] : []),
  ];
}

const refusal = (codes: readonly ErrorCode[]): Response => ({
  description: codes.map((code) => `\`${code}\`: ${meanings[code]}`).join('\n\n'),
  headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } },
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } },
        ],
      },
    },
  },
});

function responsesOf(route: Route, answer: JsonSchema | undefined): Record<string, Response> {
  const byStatus = Map.groupBy(refusalsOf(route), (code) => String(errorStatus[code]));
  const types = route.produces ?? ['application/json'];
  const success: Response = {
    description: answer === undefined ? 'Done.' : 'What was asked for.',
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
      ...(answer !== undefined && hasRevision(route) ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
    },
    ...(answer === undefined
      ? {}
      : { content: Object.fromEntries(types.map((type) => [type, { schema: answer }])) }),
  };
  return {
    [route.status]: success,
    ...Object.fromEntries([...byStatus].map(([status, codes]) => [status, refusal(codes)])),
  };
}

const hasRevision = ({ response }: Route) => response !== undefined && 'revision' in propertiesOf(response);

/** Describes one row of the route table. `named` are the schemas that it refers to. */
export function operationOf(
  name: string,
  route: Route,
): { readonly operation: Operation; readonly named: Readonly<Record<string, JsonSchema>> } {
  const body = route.body && describe(route.body, 'input');
  const answer = route.response && describe(route.response, 'output');
  const operation = {
    operationId: name,
    summary: route.summary,
    tags: [tagOf(route.path)],
    parameters: parametersOf(route),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body.schema } } } }),
    responses: responsesOf(route, answer?.schema),
    ...(route.access.kind === 'anyone' ? { security: [] } : {}),
  };
  return { operation, named: { ...body?.named, ...answer?.named } };
}
