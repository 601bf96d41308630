import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';

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
