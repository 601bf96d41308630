import { type ErrorCode, errorStatus } from '../../../domain/errors.ts';
import type { Route } from '../route.ts';
import { meanings, refusalsOf, takesKey } from './refusals.ts';
import { type Described, type JsonSchema, referenceTo, variantsOf } from './schemas.ts';

interface Reference {
  readonly $ref: string;
}

/** An OpenAPI header. */
export interface Header {
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

interface MediaType {
  readonly schema: JsonSchema;
  readonly examples?: Readonly<Record<string, Reference>>;
}

/** An OpenAPI response. */
export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Reference | Header>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

const text = (description: string, schema: JsonSchema = {}): Header => ({
  description,
  schema: { type: 'string', ...schema },
});

/** Response headers. Those marked `required` are present wherever a response refers to them. */
export const headers = {
  'X-Request-Id': { ...text('Identifies the request in our logs.'), required: true },
  ETag: text(
    'The revision of a resource, for If-Match; for cacheable responses, a digest, weak if compressed.',
    {
      pattern: '^(?:"\\d+"|(?:W/)?"[0-9a-f]{32}")$',
      examples: ['"4"'],
    },
  ),
  'Idempotency-Replayed': text('`true` if this is the response to an earlier request with the same key.', {
    enum: ['true'],
  }),
  'Retry-After': {
    description: 'Seconds to wait before trying again.',
    schema: { type: 'integer', minimum: 1 },
  },
  'WWW-Authenticate': { ...text('How to authenticate (RFC 9110).'), required: true },
  'Content-Disposition': { ...text('The file name.'), required: true },
  Link: text('The next part of the file, with `rel="next"` (RFC 8288). Not set on the last part.'),
  'X-Next-Cursor': text('The `cursor` of the next part of the file. Not set on the last part.'),
} satisfies Record<string, Header>;

type HeaderName = keyof typeof headers;

const referring = (...names: readonly HeaderName[]): Record<string, Reference> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** Whether a response, or one of its variants, is a resource with a revision and therefore an ETag. */
const hasRevision = (answer: Described | undefined): boolean =>
  variantsOf(answer).some(({ properties = {} }) => 'revision' in properties);

function successHeaders(route: Route, answer: Described | undefined): HeaderName[] {
  const isFile = route.produces?.some((type) => type !== 'text/html') === true;
  return [
    'X-Request-Id',
    ...(hasRevision(answer) || isReadByState(route, answer) ? (['ETag'] as const) : []),
    ...(takesKey(route) ? (['Idempotency-Replayed'] as const) : []),
    ...(isFile ? (['Content-Disposition', 'Link', 'X-Next-Cursor'] as const) : []),
  ];
}

function success(route: Route, answer: Described | undefined): Response {
  const types = route.produces ?? ['application/json'];
  return {
    description: answer === undefined ? 'Done.' : 'Success.',
    headers: referring(...successHeaders(route, answer)),
    ...(answer === undefined
      ? {}
      : { content: Object.fromEntries(types.map((type) => [type, { schema: answer.schema }])) }),
  };
}

const unchanged: Response = {
  description: 'Not modified since the ETag in `If-None-Match`.',
  headers: referring('X-Request-Id', 'ETag'),
};

const refusal = (codes: readonly ErrorCode[]): Response => ({
  description: codes.map((code) => `\`${code}\`: ${meanings[code]}`).join('\n\n'),
  headers: referring(
    'X-Request-Id',
    ...(codes.includes('unauthenticated') ? (['WWW-Authenticate'] as const) : []),
  ),
  content: {
    'application/problem+json': {
      schema: { $ref: referenceTo('Problem') },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
});

const throttled = 'API Gateway also limits requests across all callers, before they reach the API.';

/** A 429 on any route: API Gateway may send it before the API does, without request id and `Retry-After`. */
const tooMany = (own: Response | undefined): Response => ({
  description: own === undefined ? throttled : `${own.description}\n\n${throttled}`,
  ...(own === undefined
    ? {}
    : {
        headers: {
          ...referring('Retry-After'),
          'X-Request-Id': { ...headers['X-Request-Id'], required: false },
        },
      }),
  content: { ...own?.content, 'application/json': { schema: { $ref: referenceTo('GatewayRefusal') } } },
});

/** Whether a route supports `If-None-Match`. */
export const isReadByState = ({ method, cacheSeconds }: Route, answer: Described | undefined): boolean =>
  method === 'GET' && (cacheSeconds !== undefined || hasRevision(answer));

/** All responses of a route, by status. */
export function responsesOf(route: Route, answer: Described | undefined): Record<string, Response> {
  const byStatus = Map.groupBy(refusalsOf(route), (code) => String(errorStatus[code]));
  const refusals = [...byStatus].map(([status, codes]) => [status, refusal(codes)] as const);
  const { 429: rateLimited, ...others }: Record<string, Response> = Object.fromEntries(refusals);
  return {
    [route.status]: success(route, answer),
    ...(isReadByState(route, answer) ? { 304: unchanged } : {}),
    ...others,
    429: tooMany(rateLimited),
  };
}
