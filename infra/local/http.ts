import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { LocalProblem } from './problem.ts';

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

/**
 * Lets a server listen on the loopback address only.
 * @param port 0: any free port
 * @returns the port, and a function that closes the server and its connections
 */
export async function listen(server: Server, port: number) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new LocalProblem('No free port was found.');
  return {
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The product's only URL. Until `open`, it responds with 503. */
interface ProductServer {
  readonly origin: string;
  readonly server: Server;
  open(handlers: Handlers): void;
  close(): Promise<void>;
}

type Answering = (request: IncomingMessage, url: URL) => Promise<HttpAnswer>;

interface Handlers {
  /** Handles requests below `/clerk`. */
  readonly clerk: (request: IncomingMessage, response: ServerResponse) => void;
  /** Below `/local`. */
  readonly console: Answering;
  /**
   * In development, the web app: handles every request except those for the API and the site's
   * configuration.
   */
  readonly pages: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  /** At `api.localhost`, the API's own address, which clients may only use through the distribution. */
  readonly api: Answering;
  /** All other requests. */
  readonly distribution: Answering;
}

const apiHost = 'api.localhost';

const below = (path: string, parent: string) => path === parent || path.startsWith(`${parent}/`);

/**
 * Listens on the loopback address only.
 * @param port 0: any free port
 * @throws LocalProblem when the port is taken
 */
export async function startServer(
  port: number,
  onProblem: (message: string) => void,
): Promise<ProductServer> {
  const server = createServer();
  const { port: own, close } = await listen(server, port).catch((error: unknown) => {
    throw portProblem(port, error);
  });
  const origin = `http://localhost:${own}`;
  let handlers: Handlers | undefined;
  server.on('request', (request, response) => {
    // Any other host name is an attempt of DNS rebinding.
    const hosts = ['localhost', '127.0.0.1', apiHost].map((name) => `${name}:${own}`);
    if (!hosts.includes(request.headers.host ?? '')) return write(response, text(421, 'Misdirected Request'));
    if (handlers === undefined) return write(response, starting);
    void answer(request, response, origin, handlers).catch((error: unknown) => {
      onProblem(error instanceof Error ? error.message : String(error));
      if (!response.headersSent) write(response, text(502, 'Bad Gateway'));
    });
  });
  return {
    origin,
    server,
    open(all) {
      handlers = all;
    },
    close,
  };
}

const starting: HttpAnswer = {
  ...text(503, 'MTCMS is starting. Try again in a moment.'),
  headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' },
};

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  { clerk, console, pages, api, distribution }: Handlers,
): Promise<void> {
  const url = URL.parse(request.url ?? '/', origin);
  if (url === null) return write(response, text(400, 'Bad Request'));
  if (request.headers.host?.startsWith(`${apiHost}:`)) return write(response, await api(request, url));
  if (below(url.pathname, '/clerk')) return clerk(request, response);
  const isDeployed =
    below(url.pathname, '/local') || below(url.pathname, '/api') || url.pathname === '/config.json';
  if (pages !== undefined && !isDeployed) return pages(request, response);
  const handler = below(url.pathname, '/local') ? console : distribution;
  write(response, await handler(request, url));
}

function portProblem(port: number, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new LocalProblem(
      `Port ${port} is already in use. Stop the program that uses it, or choose another port: PORT=${port + 100} npm start`,
    );
  if (code === 'EACCES')
    return new LocalProblem(`Port ${port} needs special privileges. Choose a port above 1023.`);
  return error;
}
