import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { AppError, fieldErrorsOf } from '../../../domain/errors.ts';
import { schemaWords } from '../../../domain/words.schema.ts';
import { exchangeOf, required } from '../exchange.ts';
import { readJsonBody, refuseUnkept } from '../json-body.ts';
import type { HttpMiddleware } from './find-route.ts';

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

function bodyOf(event: APIGatewayProxyEventV2): unknown {
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
function kept(query: APIGatewayProxyEventV2['queryStringParameters'] = {}): object {
  refuseUnkept(query);
  return query;
}

/** Parses path, query and body by the route's schemas; unknown fields are refused, not dropped. */
export const validate = (): HttpMiddleware => ({
  before: ({ event }) => {
    const exchange = exchangeOf(event);
    const { params, query, body } = required(exchange.route, 'route');
    exchange.input = {
      params: parse(params, event.pathParameters ?? {}),
      query: query === undefined ? undefined : parse(query, kept(event.queryStringParameters)),
      body: body === undefined ? undefined : parse(body, bodyOf(event)),
    };
  },
});
