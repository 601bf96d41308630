import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isHeld } from '../entity-tag.ts';
import type { HttpMiddleware, Step } from './find-route.ts';

const isReading = ({ routeKey }: APIGatewayProxyEventV2) => /^(GET|HEAD) /.test(routeKey);

/** What of an answer is sent (RFC 9110): nothing again to who has it by its ETag, and no body to HEAD. */
export const selectRepresentation = (): HttpMiddleware => {
  const select: Step = (request) => {
    const { event, response } = request;
    if (!response || !isReading(event)) return;
    const { body: _, ...head } = response;
    const { etag, 'content-type': __, ...headers } = head.headers ?? {};
    if (
      response.statusCode === 200 &&
      etag !== undefined &&
      isHeld(event.headers['if-none-match'] ?? '', String(etag))
    )
      request.response = { ...head, statusCode: 304, headers: { ...headers, etag } };
    else if (event.routeKey.startsWith('HEAD ')) request.response = head;
  };
  return { after: select, onError: select };
};
