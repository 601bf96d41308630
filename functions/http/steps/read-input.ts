import * as z from 'zod/mini';
import { AppError, fieldErrorsOf, stale } from '../../../domain/errors.ts';
import { schemaWords } from '../../../domain/words.schema.ts';
import { readEntityTags, revisionsOf } from '../entity-tag.ts';
import { readJsonBody, refuseUnkept } from '../json-body.ts';
import type { ApiEvent } from '../request.ts';
import type { Input } from '../resource.ts';
import type { Route } from '../route.ts';

// zod/mini comes without words.
z.config(schemaWords);

const maximumBytes = 64 * 1024;

function parse(schema: z.ZodMiniType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = fieldErrorsOf(result.error);
  throw new AppError('validation_failed', 'Some of what was sent is not right.', { fields });
}

function bodyOf(event: ApiEvent): unknown {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maximumBytes)
    throw new AppError('payload_too_large', 'The body may have 64 KB at most.');
  if (!isPlain(event.headers['content-encoding']))
    throw new AppError('unsupported_media_type', 'Send the body without a content encoding such as gzip.');
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new AppError('unsupported_media_type', 'Send the body as application/json.');
  if (!isInUtf8(type)) throw new AppError('unsupported_media_type', 'Send the body in UTF-8.');
  return readJsonBody(bytes.toString('utf8'));
}

const isPlain = (encoding = '') => /^\s*(identity)?\s*$/i.test(encoding);

/** RFC 8259 knows no charset, and no encoding but this; a client may name it. */
const isInUtf8 = (type: string) => {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type) ?? [];
  return /^(utf-?8|us-ascii)$/i.test(charset);
};

/** A query's names are the caller's too. */
function kept(query: ApiEvent['queryStringParameters'] = {}): object {
  refuseUnkept(query);
  return query;
}

/** Parses path, query and body by the route's schemas; unknown fields are refused, not dropped. */
export const readInput = ({ params, query, body }: Route, event: ApiEvent): Input => ({
  params: parse(params, event.pathParameters ?? {}),
  query: query === undefined ? undefined : parse(query, kept(event.queryStringParameters)),
  body: body === undefined ? undefined : parse(body, bodyOf(event)),
});

const changing = new Set(['PATCH', 'PUT', 'DELETE']);

/** Each state that is named may cost an attempt. */
const mostStates = 10;

const wrong = (message: string) =>
  new AppError('validation_failed', `The header If-Match ${message}.`, {
    fields: [{ path: 'If-Match', message }],
  });

/**
 * Reads which states a change is meant for: `If-Match` with the ETags that reading answered with (RFC 9110).
 * Missing is 428 (RFC 6585), and so is `*`, which names no state and would let anybody's change be lost; tags
 * that are no present state's are 412.
 */
export function readRevisions({ method }: Route, { headers }: ApiEvent): readonly number[] {
  if (!changing.has(method)) return [];
  const tags = readEntityTags(headers['if-match'] ?? '*');
  if (tags === '*')
    throw new AppError(
      'precondition_required',
      'Send If-Match with the ETag of what you change, so that nobody else’s change is lost.',
    );
  if (tags === null) throw wrong('must be an ETag as it was answered, with its quotation marks');
  const revisions = revisionsOf(tags);
  if (revisions.length > mostStates) throw wrong(`must name at most ${mostStates} states`);
  if (revisions.length === 0) throw stale();
  return revisions;
}
