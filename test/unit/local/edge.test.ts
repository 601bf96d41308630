import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { httpApi } from '../../../infra/local/api/gateway.ts';
import { startDistribution } from '../../../infra/local/cloudfront/distribution.ts';
import { write } from '../../../infra/local/http/answer.ts';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const done of cleanUp.splice(0)) done();
});

const text = 'The reference. '.repeat(200);

/**
 * The distribution before the gateway, as the runner puts them together; answers the origin, and which routes
 * have been run.
 */
async function edge() {
  const ran: string[] = [];
  const route = (key: string) => ({ key, functionArn: key });
  const api = httpApi({
    api: {
      id: 'api',
      routes: [route('GET /api/me'), route('GET /api/health'), route('GET /api/docs')],
      throttling: { burst: 5, perSecond: 0 },
      routeThrottling: new Map([['GET /api/health', { burst: 3, perSecond: 0 }]]),
    },
    invoke: async (key) => {
      ran.push(key);
      const headers = { 'cache-control': key === 'GET /api/docs' ? 'public, max-age=300' : 'no-store' };
      return { ok: true, payload: { statusCode: 200, headers, body: text } };
    },
  });
  const behaviour = { origin: 'api', methods: ['GET'], headers: {}, viewerRequest: undefined } as const;
  const serve = startDistribution({
    distribution: {
      defaultRootObject: 'index.html',
      behaviours: [
        { ...behaviour, pathPattern: '/api/docs', maxTtlSeconds: 3600 },
        { ...behaviour, pathPattern: '/api/*', maxTtlSeconds: 0 },
      ],
    },
    files: new Map(),
    api,
  });
  const server = createServer((request, response) => {
    void serve(request, new URL(request.url ?? '/', 'http://edge.test')).then((answer) =>
      write(response, answer),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const get = (path: string, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const flood = async (path: string, requests: number) =>
    await Promise.all(Array.from({ length: requests }, async () => (await get(path)).status));
  return { get, flood, ran };
}

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
