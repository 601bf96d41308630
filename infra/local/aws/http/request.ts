import type { IncomingMessage } from 'node:http';
import { AwsError } from './answer.ts';

/** A request, reduced to what the stand-ins need. */
export interface AwsRequest {
  /** The service of the signature's credential scope, e.g. `dynamodb`. Only STS takes unsigned ones. */
  readonly service: string;
  /** The region of the same scope; absent in an unsigned request. */
  readonly region: string | undefined;
  /** Absent in an unsigned request. */
  readonly accessKeyId: string | undefined;
  readonly sessionToken: string | undefined;
  readonly method: string;
  /** Path and query; the host is the stand-in's own. */
  readonly url: URL;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

/** DynamoDB's limit for one request, the largest of the services here. */
const largestBody = 16 * 1024 * 1024;

// AWS Signature Version 4: Credential=<access key>/<date>/<region>/<service>/aws4_request
const credentialScope = /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/\d{8}\/([^/\s]+)\/([^/\s]+)\/aws4_request/;

/** The same for a presigned URL, from its query. */
function presigned({ searchParams }: URL, now = Date.now()) {
  const [accessKeyId, , region, service] = (searchParams.get('X-Amz-Credential') ?? '').split('/');
  if (accessKeyId === undefined || service === undefined) return undefined;
  const [, y, m, d, h, min, s] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(searchParams.get('X-Amz-Date') ?? '') ?? [];
  const signedAt = Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
  if (!(signedAt + Number(searchParams.get('X-Amz-Expires')) * 1000 > now))
    throw new AwsError('AccessDenied', 'Request has expired', 403);
  return {
    accessKeyId,
    region,
    service,
    sessionToken: searchParams.get('X-Amz-Security-Token') ?? undefined,
  };
}

export const unauthenticated = () =>
  new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token', 403);

/** Reads a request. Its signature isn't verified; instead, the session token must be the access key's own. */
export async function readAwsRequest(message: IncomingMessage): Promise<AwsRequest> {
  const header = (name: string) => {
    const value = message.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [, accessKeyId, region, named] = credentialScope.exec(header('authorization') ?? '') ?? [];
  const isForm = header('content-type') === 'application/x-www-form-urlencoded';
  const url = new URL(message.url ?? '/', 'http://local');
  const byQuery = named === undefined ? presigned(url) : undefined;
  const service =
    named ?? byQuery?.service ?? (header('authorization') === undefined && isForm ? 'sts' : undefined);
  if (service === undefined) throw unauthenticated();
  return {
    service,
    region: region ?? byQuery?.region,
    accessKeyId: accessKeyId ?? byQuery?.accessKeyId,
    sessionToken: header('x-amz-security-token') ?? byQuery?.sessionToken,
    method: message.method ?? 'GET',
    url,
    header,
    body: await readBody(message),
  };
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestBody)
      throw new AwsError('RequestEntityTooLarge', 'The request is larger than 16 MB.', 413);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The operation that a JSON protocol request names in X-Amz-Target, after the given prefix. */
export function targetOperation(request: AwsRequest, prefix: string): string {
  const target = request.header('x-amz-target') ?? '';
  if (!target.startsWith(`${prefix}.`))
    throw new AwsError(
      'UnknownOperationException',
      `${target || 'A request without target'} is not ${prefix}.`,
    );
  return target.slice(prefix.length + 1);
}

/** A JSON protocol request's body. */
export function jsonBody(request: AwsRequest): unknown {
  try {
    return JSON.parse(request.body.toString());
  } catch (cause) {
    throw new AwsError('SerializationException', `The body is not JSON: ${String(cause)}`);
  }
}
