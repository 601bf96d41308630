import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * The caller's address: CloudFront appends it to `X-Forwarded-For`, and API Gateway appends CloudFront's, which is its own
 * `sourceIp`. Whoever goes round CloudFront can choose what stands there, so it is evidence, never a permission.
 * Source: CloudFront Developer Guide, "Request and response behavior for custom origins".
 */
export function addressOf({
  headers,
  requestContext,
}: Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>): string {
  const viewer = (headers['x-forwarded-for'] ?? '').split(',').at(-2)?.trim();
  return viewer !== undefined && isIP(viewer) !== 0 ? viewer : requestContext.http.sourceIp;
}
