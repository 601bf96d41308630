import { request as ask, createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { httpApi } from '../../../infra/local/api/gateway.ts';
import { startDistribution } from '../../../infra/local/cloudfront/distribution.ts';
import { write } from '../../../infra/local/http.ts';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const done of cleanUp.splice(0)) done();
});

const text = 'The reference. '.repeat(200);
const secret = 'what the distribution alone knows';

const Question = z.object({
  headers: z.record(z.string(), z.unknown()),
  identitySource: z.array(z.string()).optional(),
});
const headersOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET /api/docs': { 'cache-control': 'public, max-age=300' },
  'GET /api/kpi': { 'cache-control': 'no-store, no-transform', etag: '"7"' },
};

/**
 * The distribution in front of the gateway, assembled as in the runner; returns the origin, and the routes
 * that have been called.
 */
async function edge() {
  const ran: string[] = [];
  const asked: string[] = [];
  const seen: { readonly forwardedFor: unknown; readonly sent: unknown }[] = [];
  const route = (key: string) => ({ key, functionArn: key });
  const api = httpApi({
    api: {
      id: 'api',
      routes: ['/api/me', '/api/kpi', '/api/health', '/api/docs'].map((path) => route(`GET ${path}`)),
      authorizer: { functionArn: 'authorizer', header: 'x-origin-verify', keptSeconds: 300 },
      throttling: { burst: 5, perSecond: 0 },
      routeThrottling: new Map([['GET /api/health', { burst: 3, perSecond: 0 }]]),
    },
    invoke: async (key, event) => {
      const { headers: got, identitySource } = Question.parse(event);
      if (key === 'authorizer') {
        asked.push(...(identitySource ?? []));
        return { ok: true, payload: { isAuthorized: identitySource?.[0] === secret } };
      }
      ran.push(key);
      seen.push({ forwardedFor: got['x-forwarded-for'], sent: got['x-origin-verify'] });
      const headers = {
        'content-type': 'application/json',
        ...(headersOf[key] ?? { 'cache-control': 'no-store' }),
      };
      return { ok: true, payload: { statusCode: 200, headers, body: text } };
    },
  });
  const behaviour = { origin: 'api', methods: ['GET'], headers: {}, viewerRequest: undefined } as const;
  const serve = startDistribution({
    distribution: {
      defaultRootObject: 'index.html',
      behaviours: [
        {
          ...behaviour,
          pathPattern: '/api/docs',
          cache: { maxTtlSeconds: 3600, headers: [], query: false, compresses: true },
        },
        {
          ...behaviour,
          pathPattern: '/api/*',
          cache: { maxTtlSeconds: 1, headers: ['authorization'], query: true, compresses: true },
        },
      ],
    },
    files: new Map(),
    api,
    originHeaders: () => ({ 'x-origin-verify': secret }),
  });
  const server = createServer((request, response) => {
    const isAround = request.headers.host === 'api.localhost';
    const url = new URL(request.url ?? '/', 'http://edge.test');
    void (isAround ? api(request, url) : serve(request, url)).then((answer) => write(response, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const get = (path: string, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const flood = async (path: string, requests: number) =>
    await Promise.all(Array.from({ length: requests }, async () => (await get(path)).status));
  /** Bypasses the distribution. */
  const around = (path: string, headers = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const options = { port, path, headers: { ...headers, host: 'api.localhost' } };
      ask(options, (answer) => resolve(answer.resume().statusCode))
        .once('error', reject)
        .end();
    });
  return { get, around, flood, ran, asked, seen };
}

describe('who goes round the distribution', () => {
  it('is refused without the secret, and the authorizer is not even asked', async () => {
    const { around, ran, asked } = await edge();
    expect(await around('/api/me')).toBe(401);
    expect(await around('/api/me', { 'x-origin-verify': '' })).toBe(401);
    expect({ ran, asked }).toEqual({ ran: [], asked: [] });
  });

  it('is refused with a wrong one, about which the authorizer is asked once', async () => {
    const { around, ran, asked } = await edge();
    for (let time = 0; time < 3; time += 1)
      expect(await around('/api/me', { 'x-origin-verify': 'a guess' })).toBe(403);
    expect({ ran, asked }).toEqual({ ran: [], asked: ['a guess'] });
  });

  it('cannot make the distribution send another one', async () => {
    const { get, seen } = await edge();
    expect((await get('/api/me', { 'x-origin-verify': 'a guess' })).status).toBe(200);
    expect(seen).toMatchObject([{ sent: secret }]);
  });
});

describe('the address of who asks', () => {
  it('is last but one of those that a request was forwarded for, whatever a client writes there', async () => {
    const { get, seen } = await edge();
    await get('/api/me', { 'x-forwarded-for': '203.0.113.9, 198.51.100.1' });
    expect(seen).toMatchObject([{ forwardedFor: '203.0.113.9, 198.51.100.1, 127.0.0.1, 127.0.0.1' }]);
  });
});

describe('an answer of the API', () => {
  it('is compressed for who takes that, and plain for who doesn’t', async () => {
    const { get } = await edge();
    expect((await get('/api/me')).headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    const plain = await get('/api/me', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(text);
  });

  it('with the ETag of a state is sent as it is, so that If-Match can name it', async () => {
    const { headers } = await (await edge()).get('/api/kpi');
    expect([headers.get('content-encoding'), headers.get('etag')]).toEqual([null, '"7"']);
  });

  it('is kept for nobody, not even for the same caller', async () => {
    const { get, ran } = await edge();
    for (const authorization of ['Bearer a', 'Bearer b', 'Bearer b']) await get('/api/me', { authorization });
    expect(ran).toHaveLength(3);
  });
});

describe('a flood of one anonymous client', () => {
  it('to a path that is no route is answered 404 and uses up nobody’s requests', async () => {
    const { get, flood, ran } = await edge();
    expect(new Set(await flood('/api/there/is/none', 50))).toEqual(new Set([404]));
    expect((await get('/api/me')).status).toBe(200);
    expect(ran).toEqual(['GET /api/me']);
  });

  it('to a route that anyone may call uses up that route’s requests alone', async () => {
    const { get, flood } = await edge();
    expect((await flood('/api/health', 10)).filter((status) => status === 200)).toHaveLength(3);
    expect((await get('/api/me')).status).toBe(200);
  });

  it('of signed-in people leaves a route with its own throttle alone', async () => {
    const { get, flood } = await edge();
    expect((await flood('/api/me', 10)).filter((status) => status === 200)).toHaveLength(5);
    expect((await get('/api/health')).status).toBe(200);
  });

  it('to the reference is answered at the edge, compressed, whatever is added to the address', async () => {
    const { get, ran } = await edge();
    for (const path of ['/api/docs', '/api/docs', '/api/docs?again=1', '/api/docs?again=2']) {
      const answer = await get(path);
      expect(answer.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
      expect(await answer.text()).toBe(text);
    }
    expect(ran).toEqual(['GET /api/docs']);
    const etag = (await get('/api/docs')).headers.get('etag') ?? '';
    expect((await get('/api/docs', { 'if-none-match': etag })).status).toBe(304);
  });
});
