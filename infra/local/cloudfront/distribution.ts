import type { IncomingMessage } from 'node:http';
import { createContext, Script } from 'node:vm';
import * as z from 'zod';
import { type Arrival, addressOf } from '../api/gateway.ts';
import type { Behaviour, DistributionResource, SiteFile } from '../assembly/distribution.ts';
import { type HttpAnswer, text } from '../http/answer.ts';
import { type CachedAnswer, compress, serve, siteOrigin, store } from './cache.ts';
import type { firewall } from './firewall.ts';

interface DistributionOptions {
  readonly distribution: Omit<DistributionResource, 'originHeaders'>;
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly api: (request: IncomingMessage, url: URL, arrival: Arrival) => Promise<HttpAnswer>;
  /** What the API gets with every request now. */
  readonly originHeaders: () => Readonly<Record<string, string>>;
  /** Stands before everything else. */
  readonly firewall?: ReturnType<typeof firewall> | undefined;
}

const matches = (pattern: string) => {
  const expression = new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`);
  return (path: string) => expression.test(path);
};

/** The distribution: the first behaviour whose pattern matches handles the request and adds its headers. */
export function startDistribution({
  distribution,
  files,
  api,
  originHeaders,
  firewall: refuses = () => false,
}: DistributionOptions) {
  const site = siteOrigin(files);
  const cached = edgeCache((request, url) => api(request, url, forwarded(request, originHeaders())));
  const behaviours = distribution.behaviours.map((behaviour) => ({
    ...behaviour,
    takes: matches(behaviour.pathPattern),
    rewrite: behaviour.viewerRequest === undefined ? undefined : viewerRequest(behaviour.viewerRequest),
  }));
  return async (request: IncomingMessage, url: URL): Promise<HttpAnswer> => {
    const behaviour = behaviours.find(({ takes }) => takes(url.pathname));
    const method = request.method ?? 'GET';
    if (refuses(request, url.pathname)) return blocked;
    if (behaviour === undefined) return notFound;
    if (!behaviour.methods.includes(method)) return withHeaders(notAllowed, behaviour);
    if (behaviour.origin === 'api') return withHeaders(await cached(request, url, behaviour), behaviour);
    const uri = url.pathname === '/' ? `/${distribution.defaultRootObject}` : url.pathname;
    return withHeaders(site(behaviour.rewrite?.(uri, method) ?? uri, acceptanceOf(request)), behaviour);
  };
}

const acceptanceOf = ({ headers }: IncomingMessage) => ({
  acceptEncoding: String(headers['accept-encoding'] ?? ''),
  ifNoneMatch: headers['if-none-match'] ?? '',
});

/** CloudFront's address, as the API sees it. */
const edge = '127.0.0.1';

/**
 * A request on its way from the edge to the API: the viewer's address comes last of those that it was
 * forwarded for, and headers of the origin replace the viewer's.
 */
const forwarded = (
  { headers, socket }: IncomingMessage,
  origin: Readonly<Record<string, string>>,
): Arrival => ({
  headers: {
    ...headers,
    'x-forwarded-for': [headers['x-forwarded-for'], addressOf(socket)].flat().filter(Boolean).join(', '),
    ...origin,
  },
  address: edge,
});

/** What an answer is kept by. */
const keyOf = ({ headers }: IncomingMessage, url: URL, { cache }: Behaviour): string =>
  JSON.stringify([url.pathname, cache.query ? url.search : '', cache.headers.map((name) => headers[name])]);

/**
 * The API behind the edge cache. An answer is kept for as long as the behaviour and its own `Cache-Control`
 * allow; what isn't kept is compressed for its viewer.
 */
function edgeCache(api: (request: IncomingMessage, url: URL) => Promise<HttpAnswer>) {
  const kept = new Map<string, { readonly answer: CachedAnswer; readonly until: number }>();
  return async (request: IncomingMessage, url: URL, behaviour: Behaviour): Promise<HttpAnswer> => {
    const { maxTtlSeconds, compresses } = behaviour.cache;
    const key = keyOf(request, url, behaviour);
    const known = request.method === 'GET' ? kept.get(key) : undefined;
    if (known !== undefined && known.until > Date.now()) return serve(known.answer, acceptanceOf(request));
    const answer = await api(request, url);
    const [, maxAge = '0'] = /max-age=(\d+)/.exec(String(answer.headers['cache-control'])) ?? [];
    const seconds = Math.min(Number(maxAge), maxTtlSeconds);
    if (request.method !== 'GET' || answer.status !== 200 || seconds === 0)
      return compresses ? await compress(answer, acceptanceOf(request)) : answer;
    const stored = store(answer.headers, answer.body, compresses);
    kept.set(key, { answer: stored, until: Date.now() + seconds * 1000 });
    return serve(stored, acceptanceOf(request));
  };
}

const blocked = text(403, 'Request blocked.');
const notFound = text(404, 'Not Found');
const notAllowed = text(403, 'This distribution is not configured to allow the HTTP request method.');

function withHeaders(answer: HttpAnswer, { headers }: Behaviour): HttpAnswer {
  const own = new Map(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, { value, override }] of Object.entries(headers))
    if (override || !own.has(name)) own.set(name, value);
  return { ...answer, headers: Object.fromEntries(own) };
}

const rewritten = z.object({ uri: z.string().startsWith('/') });

/**
 * A CloudFront function for viewer requests: a script whose `handler(event)` returns the request, possibly
 * with another URI. The timeout only ends one that hangs.
 */
function viewerRequest(source: string): (uri: string, method: string) => string {
  const script = new Script(`${source}\nhandler(event);`);
  return (uri, method) => {
    const event = { version: '1.0', request: { method, uri, querystring: {}, headers: {}, cookies: {} } };
    const context = createContext({ event }, { codeGeneration: { strings: false, wasm: false } });
    return rewritten.parse(script.runInContext(context, { timeout: 2000 })).uri;
  };
}
