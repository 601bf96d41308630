import type { IncomingMessage, ServerResponse } from 'node:http';

/** A response to the browser. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

export const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: Buffer.from(JSON.stringify(value)),
});

export const text = (status: number, value: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from(value),
});

export const write = (response: ServerResponse, { status, headers, body }: HttpAnswer): void => {
  // A response to HEAD with an unknown body omits the length (RFC 9110, 8.6).
  const unsaid = status === 204 || status === 304 || (response.req.method === 'HEAD' && body.length === 0);
  response.writeHead(status, unsaid ? headers : { ...headers, 'content-length': body.length });
  response.end(body);
};

/** A request's body, or null if it has more bytes than allowed. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // Read to the end: closing the connection earlier would hide the response.
    if (size <= mostBytes) chunks.push(bytes);
  }
  return size > mostBytes ? null : Buffer.concat(chunks);
}

/**
 * Whether a request comes from one of our own pages, or not from a browser.
 * https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
 */
export function fromOurselves(request: IncomingMessage, origin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return request.headers.origin === undefined || request.headers.origin === origin;
}
