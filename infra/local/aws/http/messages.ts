import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { readBody } from '../../http.ts';

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable;
}

/** How a service formats its responses, including errors. Source: Smithy's AWS protocols. */
export type Protocol = 'json-1.0' | 'json-1.1' | 'query' | 'rest-json' | 'rest-xml';

export const jsonAnswer = (body: unknown, protocol: Protocol = 'json-1.1', status = 200): AwsAnswer => ({
  status,
  headers: { 'content-type': `application/x-amz-${protocol}` },
  body: JSON.stringify(body),
});

export const xmlAnswer = (body: string, status = 200): AwsAnswer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

/** Text inside an XML element. */
export const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// STS and S3 have their own names for common errors.
const olderNames: Readonly<
  Record<string, { readonly query: string; readonly 'rest-xml': string; readonly status?: number }>
> = {
  AccessDeniedException: { query: 'AccessDenied', 'rest-xml': 'AccessDenied' },
  ExpiredTokenException: { query: 'ExpiredToken', 'rest-xml': 'ExpiredToken' },
  // A token to exchange, not that of the caller's credentials.
  ExpiredIdentityToken: { query: 'ExpiredTokenException', 'rest-xml': 'ExpiredToken', status: 400 },
  UnrecognizedClientException: { query: 'InvalidClientTokenId', 'rest-xml': 'InvalidAccessKeyId' },
  UnknownOperationException: { query: 'InvalidAction', 'rest-xml': 'NotImplemented' },
};

/** The error as a client of the protocol expects it. */
export function errorAnswer(error: unknown, protocol: Protocol): AwsAnswer {
  const { code: name, message, status: given } = asAwsError(error);
  if (protocol === 'json-1.0' || protocol === 'json-1.1')
    return jsonAnswer({ __type: `com.amazon.coral.service#${name}`, message }, protocol, given);
  if (protocol === 'rest-json')
    return {
      status: given,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
      body: JSON.stringify({ message }),
    };
  const older = olderNames[name];
  const [code, status] = older === undefined ? [name, given] : [older[protocol], older.status ?? 403];
  const details = `<Code>${code}</Code><Message>${xmlText(message)}</Message>`;
  const request = `<RequestId>${randomUUID()}</RequestId>`;
  return protocol === 'query'
    ? xmlAnswer(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>${details}</Error>${request}</ErrorResponse>`,
        status,
      )
    : xmlAnswer(`<Error>${details}${request}</Error>`, status);
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalServerError', `The local stand-in failed: ${reason}`, 500);
}

/** An error as an AWS service returns it: the code that clients switch on, a message, and the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The response to an operation that the stand-in doesn't have. */
export const notImplemented = (service: string, operation: string) =>
  new AwsError(
    'UnknownOperationException',
    `The local run does not implement ${service}:${operation}. Deploy to AWS to use it, or add it to infra/local/aws.`,
  );

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
  const body = await readBody(message, largestBody);
  if (body === null) throw new AwsError('RequestEntityTooLarge', 'The request is larger than 16 MB.', 413);
  return {
    service,
    region: region ?? byQuery?.region,
    accessKeyId: accessKeyId ?? byQuery?.accessKeyId,
    sessionToken: header('x-amz-security-token') ?? byQuery?.sessionToken,
    method: message.method ?? 'GET',
    url,
    header,
    body,
  };
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

export function jsonBody(request: AwsRequest): unknown {
  try {
    return JSON.parse(request.body.toString());
  } catch (cause) {
    throw new AwsError('SerializationException', `The body is not JSON: ${String(cause)}`);
  }
}
