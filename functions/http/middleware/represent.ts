import type { Request } from '@middy/core';
import { isHeld } from '../entity-tag.ts';
import type { ApiAnswer, ApiRequest, HttpMiddleware } from '../request.ts';

const isReading = ({ routeKey }: ApiRequest) => /^(GET|HEAD) /.test(routeKey);

/**
 * What of an answer is sent (RFC 9110): the request's id and how long it may be kept with each, nothing again
 * to who has it by its ETag, and no body to HEAD.
 */
export const represent = (): HttpMiddleware => {
  const send = (request: Request<ApiRequest, ApiAnswer>): void => {
    const { event, response } = request;
    if (!response) return;
    const headers = {
      'cache-control': keptByNobody(response),
      'x-request-id': event.requestId,
      ...response.headers,
    };
    request.response = isReading(event)
      ? selected(event, { ...response, headers })
      : { ...response, headers };
  };
  return { after: send, onError: send };
};

/**
 * The ETag of a state is sent back in `If-Match`, where a weak one is none (RFC 9110, 8.8.3.2): nobody may
 * compress such an answer on its way, since that weakens it.
 */
const keptByNobody = ({ headers = {} }: ApiAnswer) =>
  headers.etag === undefined ? 'no-store' : 'no-store, no-transform';

function selected({ headers: asked, routeKey }: ApiRequest, answer: ApiAnswer): ApiAnswer {
  const { body: _, ...head } = answer;
  const { etag, 'content-type': __, ...headers } = head.headers ?? {};
  if (answer.statusCode === 200 && etag !== undefined && isHeld(asked['if-none-match'] ?? '', String(etag)))
    return { ...head, statusCode: 304, headers: { ...headers, etag } };
  return routeKey.startsWith('HEAD ') ? head : answer;
}
