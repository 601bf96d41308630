import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { AppError, fieldErrorsOf } from '../../../domain/errors.ts';
import { exchangeOf, required } from '../exchange.ts';
import type { HttpMiddleware } from './find-route.ts';

// zod/mini comes without words; a person reads these.
z.config(en());

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
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new AppError('unsupported_media_type', 'Send the body as application/json.');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('validation_failed', 'The body is not JSON.', { cause });
  }
}

/** Parses path, query and body by the route's schemas; unknown fields are refused, not dropped. */
export const validate = (): HttpMiddleware => ({
  before: ({ event }) => {
    const exchange = exchangeOf(event);
    const { params, query, body } = required(exchange.route, 'route');
    exchange.input = {
      params: parse(params, event.pathParameters ?? {}),
      query: parse(query, event.queryStringParameters ?? {}),
      body: body === undefined ? undefined : parse(body, bodyOf(event)),
    };
  },
});
