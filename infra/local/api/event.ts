import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { RouteMatch } from './routes.ts';

const textual = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|[\w.+-]*\+json))/i;

/** Where CloudFront asks from, for the API. */
const edge = '127.0.0.1';

/**
 * The payload, format 2.0, that API Gateway makes of a request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function proxyEvent(
  request: IncomingMessage,
  { url, body, match, apiId }: { url: URL; body: Buffer; match: RouteMatch; apiId: string },
): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = request.headers;
  const viewer = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? edge;
  // CloudFront appends the viewer to what the viewer says, and API Gateway appends CloudFront.
  const forwardedFor = [headers['x-forwarded-for'], viewer, edge].flat().filter(Boolean).join(', ');
  const now = new Date();
  const asText = body.length > 0 && textual.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: match.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(
      Object.entries({ ...headers, 'x-forwarded-for': forwardedFor }).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : value,
      ]),
    ),
    ...queryOf(url),
    ...(Object.keys(match.parameters).length === 0 ? {} : { pathParameters: match.parameters }),
    requestContext: {
      accountId: '000000000000',
      apiId,
      domainName: url.host,
      domainPrefix: apiId,
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: edge,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.key,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: asText ? body.toString('utf8') : body.toString('base64') }),
    isBase64Encoded: body.length > 0 && !asText,
  };
}

/** A parameter that is given several times comes as one, its values joined by commas. */
function queryOf({ searchParams }: URL): Pick<APIGatewayProxyEventV2, 'queryStringParameters'> {
  const names = [...new Set(searchParams.keys())];
  if (names.length === 0) return {};
  return {
    queryStringParameters: Object.fromEntries(
      names.map((name) => [name, searchParams.getAll(name).join(',')]),
    ),
  };
}
