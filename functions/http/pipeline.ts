import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { RateLimiter } from '../../domain/rate-limit/rate-limit.service.ts';
import type { Log } from '../log.ts';
import type { NoteActivity } from './activity.ts';
import { exchangeOf, required } from './exchange.ts';
import { FileAnswer } from './file-answer.ts';
import type { VerifyToken } from './identity.ts';
import { activity } from './middleware/activity.ts';
import { auditAccess } from './middleware/audit-access.ts';
import { authenticate } from './middleware/authenticate.ts';
import { authorize, type Tenancy } from './middleware/authorize.ts';
import { countRequest, type ShareOf } from './middleware/count-request.ts';
import { findRoute } from './middleware/find-route.ts';
import { idempotency } from './middleware/idempotency.ts';
import { permitBody } from './middleware/permit-body.ts';
import { precondition } from './middleware/precondition.ts';
import { problem } from './middleware/problem.ts';
import { validate } from './middleware/validate.ts';
import type { Nouns } from './noun.ts';

interface Parts {
  readonly log: Log;
  readonly verify: VerifyToken;
  readonly share: ShareOf;
  readonly tenancy: Tenancy;
  readonly nouns: Nouns;
  /** How a function notes who uses the product; without it nobody is noted. */
  readonly note?: NoteActivity;
}

const noNote: NoteActivity = async () => undefined;

/** Every request's way: which route, who are you, which organization and may you, is the input sound; then one handler. */
export const pipeline = ({ log, verify, share, tenancy, nouns, note = noNote }: Parts) => {
  const limiter = new RateLimiter();
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problem(log))
    .use(findRoute(nouns))
    .use(authenticate(verify))
    .use(countRequest(limiter, share))
    .use(authorize(tenancy))
    .use(activity(note, log))
    .use(auditAccess(log, share))
    .use(precondition())
    .use(validate())
    .use(permitBody())
    .use(idempotency(log))
    .handler(answer);
};

async function answer(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const exchange = exchangeOf(event);
  const result = await required(exchange.answer, 'handler')(exchange, event);
  const { access, status: statusCode } = required(exchange.route, 'route');
  if (access.kind === 'organization' && access.decides === 'handler') required(exchange.decided, 'decision');
  const headers = { 'cache-control': 'no-store', 'x-request-id': exchange.requestId };
  if (result === undefined) return { statusCode, headers };
  if (result instanceof FileAnswer)
    return { statusCode, headers: { ...headers, ...result.headers }, body: result.text };
  const etag = revisionOf(result);
  return {
    statusCode,
    headers: { ...headers, ...etag, 'content-type': 'application/json' },
    body: JSON.stringify(result),
  };
}

/** A single resource's revision is its ETag (RFC 9110): what `If-Match` has to name to change it. */
const revisionOf = (result: unknown) =>
  typeof result === 'object' && result !== null && 'revision' in result && typeof result.revision === 'number'
    ? { etag: `"${result.revision}"` }
    : {};
