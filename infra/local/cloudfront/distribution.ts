import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { createContext, Script } from 'node:vm';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { lookup } from 'mrmime';
import * as z from 'zod';
import { type Arrival, addressOf } from '../api/gateway.ts';
import type { Behaviour, DistributionResource, SiteFile } from '../assembly/distribution.ts';
import { type HttpAnswer, text } from '../http.ts';
import type { firewall } from './firewall.ts';

/** A cached response: compressed once, revalidated by its ETag (RFC 9110). */
interface CachedAnswer {
  readonly headers: HttpAnswer['headers'];
  readonly etag: string;
  readonly encoded: ReadonlyMap<string, Buffer>;
}

/** The encodings that a viewer accepts. */
interface Acceptance {
  readonly acceptEncoding: string;
  readonly ifNoneMatch: string;
}

/** Compresses a response and computes its ETag. */
function store(headers: HttpAnswer['headers'], content: Buffer, isCompressible: boolean): CachedAnswer {
  const encoded = new Map([['identity', content]]);
  if (isCompressible && content.length > 1000) {
    encoded.set('gzip', gzipSync(content));
    encoded.set('br', brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
  }
  const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`;
  return { headers, etag: typeof headers.etag === 'string' ? headers.etag : etag, encoded };
}

/** A cached response for one viewer. */
function serve({ headers, etag, encoded }: CachedAnswer, viewer: Acceptance): HttpAnswer {
  const encoding = ['br', 'gzip'].find((name) => encoded.has(name) && viewer.acceptEncoding.includes(name));
  const validated = { ...headers, etag: encoding === undefined ? etag : weak(etag), vary: 'accept-encoding' };
  if (weak(viewer.ifNoneMatch) === weak(etag))
    return { status: 304, headers: validated, body: Buffer.alloc(0) };
  return {
    status: 200,
    headers: encoding === undefined ? validated : { ...validated, 'content-encoding': encoding },
    body: encoded.get(encoding ?? 'identity') ?? Buffer.alloc(0),
  };
}

/** Compressing a response turns its strong ETag into a weak one, as in CloudFront. */
const weak = (etag: string) => (etag.startsWith('W/') ? etag : `W/${etag}`);

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * The content types that CloudFront compresses and the API returns; `application/problem+json` isn't one of
 * them.
 */
const compressedTypes = /^(application\/json|text\/(csv|html|plain))\b/;
const compressedStatuses = [200, 403, 404];

/**
 * Compresses a response that isn't cached, as CloudFront does. Source: CloudFront Developer Guide, "Serve
 * compressed files", conditions for compression.
 */
async function compress(answer: HttpAnswer, { acceptEncoding }: Acceptance): Promise<HttpAnswer> {
  const { status, headers, body } = answer;
  const encoding = ['br', 'gzip'].find((name) => acceptEncoding.includes(name));
  const isFit =
    compressedStatuses.includes(status) &&
    compressedTypes.test(String(headers['content-type'])) &&
    headers['content-encoding'] === undefined &&
    !/\bno-transform\b/.test(String(headers['cache-control'])) &&
    body.length >= 1000 &&
    body.length <= 10_000_000;
  if (encoding === undefined || !isFit) return answer;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  return {
    status,
    headers: {
      ...headers,
      ...(typeof headers.etag === 'string' && { etag: weak(headers.etag) }),
      'content-encoding': encoding,
      vary: 'accept-encoding',
    },
    body: encoding === 'br' ? await brotli(body, { params }) : await gzipped(body),
  };
}

const compressible = /\.(html|js|css|json|svg|txt|webmanifest)$/;

/** The site's bucket as the distribution's origin. */
function siteOrigin(files: ReadonlyMap<string, SiteFile>) {
  const kept = new Map<string, CachedAnswer>();
  return (address: string, viewer: Acceptance): HttpAnswer => {
    const file = files.get(address);
    if (file === undefined) return text(404, 'Not Found');
    const headers = { 'content-type': contentType(address), 'cache-control': file.cacheControl };
    const answer =
      kept.get(address) ?? store(headers, readFileSync(file.path), compressible.test(extname(address)));
    kept.set(address, answer);
    return serve(answer, viewer);
  };
}

const contentType = (address: string) => {
  const type = lookup(address) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
};

interface DistributionOptions {
  readonly distribution: Omit<DistributionResource, 'originHeaders'>;
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly api: (request: IncomingMessage, url: URL, arrival: Arrival) => Promise<HttpAnswer>;
  /** The headers that the API currently gets with every request. */
  readonly originHeaders: () => Readonly<Record<string, string>>;
  /** Runs before everything else. */
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
 * A request from the edge to the API: the viewer's address is appended to `X-Forwarded-For`, and the
 * origin's headers replace the viewer's.
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

/** The cache key of a response. */
const keyOf = ({ headers }: IncomingMessage, url: URL, { cache }: Behaviour): string =>
  JSON.stringify([url.pathname, cache.query ? url.search : '', cache.headers.map((name) => headers[name])]);

/**
 * The API behind the edge cache. A response is cached for as long as the behaviour and its `Cache-Control`
 * allow; other responses are compressed for their viewer.
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
