import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { LocalProblem } from '../problem.ts';
import { type HttpAnswer, text, write } from './answer.ts';

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
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    throw portProblem(port, error);
  });
  const own = portOf(server);
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
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
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

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new LocalProblem('No free port was found.');
  return address.port;
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
