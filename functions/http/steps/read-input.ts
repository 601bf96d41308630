import * as z from 'zod/mini';
import { type AppError, type FieldError, stale } from '../../../domain/errors.ts';
import { fieldError, fieldErrorsOf } from '../../../domain/field-errors.ts';
import { schemaWords } from '../../../domain/words.schema.ts';
import { readEntityTags, revisionsOf } from '../entity-tag.ts';
import { httpRefusals } from '../http.refusals.ts';
import { readJsonBody, refuseUnkept } from '../json-body.ts';
import type { ApiEvent } from '../request.ts';
import type { Input } from '../resource.ts';
import type { Route } from '../route.ts';

// zod/mini has no messages of its own.
z.config(schemaWords);

const maximumBytes = 64 * 1024;

function parse(schema: z.ZodMiniType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw httpRefusals.request_wrong({}, { fields: fieldErrorsOf(result.error) });
}

function bodyOf(event: ApiEvent): unknown {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maximumBytes) throw httpRefusals.body_too_large();
  if (!isPlain(event.headers['content-encoding'])) throw httpRefusals.body_encoded();
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw httpRefusals.body_of_another_type();
  if (!isInUtf8(type)) throw httpRefusals.body_in_another_charset();
  return readJsonBody(bytes.toString('utf8'));
}

const isPlain = (encoding = '') => /^\s*(identity)?\s*$/i.test(encoding);

/** RFC 8259 allows only UTF-8; clients may name it. */
const isInUtf8 = (type: string) => {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type) ?? [];
  return /^(utf-?8|us-ascii)$/i.test(charset);
};

/** Parameter names are client input, too. */
function kept(query: ApiEvent['queryStringParameters'] = {}): object {
  refuseUnkept(query);
  return query;
}

/** Parses path, query and body with the route's schemas; unknown fields are refused, not dropped. */
export const readInput = ({ params, query, body }: Route, event: ApiEvent): Input => ({
  params: parse(params, event.pathParameters ?? {}),
  query: query === undefined ? undefined : parse(query, kept(event.queryStringParameters)),
  body: body === undefined ? undefined : parse(body, bodyOf(event)),
});

const changing = new Set(['PATCH', 'PUT', 'DELETE']);

/** Each named revision may cost an attempt. */
const mostStates = 10;

/** Refuses a request because of a header. */
export const wrongHeader = (field: FieldError): AppError =>
  httpRefusals.header_wrong({ header: field.path, problem: field.message }, { fields: [field] });

/**
 * The revisions that a change is based on: `If-Match` with the ETags from earlier responses (RFC 9110). A
 * missing header is 428 (RFC 6585), and so is `*`, which names no revision and would overwrite others'
 * changes; unknown tags are 412.
 */
export function readRevisions({ method }: Route, { headers }: ApiEvent): readonly number[] {
  if (!changing.has(method)) return [];
  const tags = readEntityTags(headers['if-match'] ?? '*');
  if (tags === '*') throw httpRefusals.state_missing();
  if (tags === null) throw wrongHeader(fieldError('If-Match', 'not_an_etag'));
  const revisions = revisionsOf(tags);
  if (revisions.length > mostStates)
    throw wrongHeader(fieldError('If-Match', 'too_many_states', { most: mostStates }));
  if (revisions.length === 0) throw stale();
  return revisions;
}
