import { describe, expect, it, vi } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { thingsPath as path, superAdmin, thingsApi } from './support/things.ts';

const service = vi.hoisted(() => ({ begun: () => {} }));
vi.mock(import('../../../domain/idempotency/idempotent-request.ts'), async (original) => ({
  ...(await original()),
  beginRequest: async () => {
    service.begun();
    return { status: 201, body: '{"revision":1}', etag: '"1"' };
  },
}));

describe('an answer', () => {
  const send = thingsApi();

  it('to HEAD is that to GET without its body, a refusal too', async () => {
    const [get, head] = [await send(`GET ${path}`), await send(`HEAD ${path}`)];
    expect(head).toMatchObject({ statusCode: 200, headers: get.headers });
    expect(head.body).toBeUndefined();
    const refused = await send(`HEAD ${path}`, { headers: { authorization: '' } });
    expect(refused).toMatchObject({
      statusCode: 401,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(refused.body).toBeUndefined();
  });

  it('to HEAD is 404 where there is no GET', async () => {
    expect(await send('HEAD /api/things')).toMatchObject({ statusCode: 404 });
  });

  it.each(['"4"', 'W/"4"', '"3", "4"', '*', ',"4" ,'])(
    'is 304 for who has it already: If-None-Match %s',
    async (tags) => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await send(`${method} ${path}`, { headers: { 'if-none-match': tags } });
        expect(answer).toMatchObject({
          statusCode: 304,
          headers: { etag: '"4"', 'x-request-id': 'request-1' },
        });
        expect(answer.body).toBeUndefined();
        expect(answer.headers).not.toHaveProperty('content-type');
      }
    },
  );

  it.each(['"3"', '4', '"04"', '', 'no tag'])('is whole for others: If-None-Match %s', async (tags) => {
    expect(await send(`GET ${path}`, { headers: { 'if-none-match': tags } })).toMatchObject({
      statusCode: 200,
      body: '{"revision":4}',
    });
  });

  it('to a change is whole, whatever If-None-Match says', async () => {
    const headers = { 'if-match': '"4"', 'if-none-match': '"5"' };
    expect(await send(`PATCH ${path}`, { headers })).toMatchObject({ statusCode: 200 });
  });

  it('of 401 says how to prove who one is, and whether what was sent is not good', async () => {
    const challengeTo = async (routeKey: string, authorization?: string) => {
      const headers = authorization === undefined ? { authorization } : { authorization };
      return (await send(routeKey, { headers })).headers?.['www-authenticate'];
    };
    expect(await challengeTo(`GET ${path}`)).toBe('Bearer realm="mtcms"');
    expect(await challengeTo(`GET ${path}`, 'Bearer x.y.z')).toBe(
      'Bearer realm="mtcms", error="invalid_token"',
    );
    expect(await challengeTo(`GET ${path}`, 'Basic YTpi')).toBe(
      'Bearer realm="mtcms", error="invalid_token"',
    );
    expect(await challengeTo('POST /api/things')).toBe('Svix');
  });

  it('leaves only when what is to happen beside it has: of a request that is repeated as well', async () => {
    let noted = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    service.begun = () => setImmediate(() => setImmediate(resolve));
    const repeated = thingsApi({
      noteActivity: async () => {
        await promise;
        noted = true;
      },
    });
    const answer = await repeated(`POST ${path}`, { headers: { 'idempotency-key': 'k' }, body: '{}' });
    expect(answer).toMatchObject({
      statusCode: 201,
      headers: { 'idempotency-replayed': 'true', etag: '"1"', 'content-type': 'application/json' },
      body: '{"revision":1}',
    });
    expect(noted).toBe(true);
  });
});

describe('a change', () => {
  const change = (tags?: string) =>
    thingsApi()(`PATCH ${path}`, { headers: tags === undefined ? {} : { 'if-match': tags } });

  it.each(['"4"', ' "4" ', '"3", "4"', '"5","4","x"', 'W/"4", "4"', ', "4",'])(
    'is made where If-Match names the present state: %s',
    async (tags) => {
      expect(await change(tags)).toMatchObject({ statusCode: 200, body: '{"revision":5}' });
    },
  );

  it.each(['"3"', '"04"', 'W/"4"', '"four"', '"3", W/"4"', '"1", "2", "3"'])(
    'is 412 where If-Match names another, or a weak tag: %s',
    async (tags) => {
      expect(await change(tags)).toMatchObject({ statusCode: 412 });
    },
  );

  it.each([[undefined], ['*']])('is 428 where If-Match names none: %s', async (tags) => {
    expect(await change(tags)).toMatchObject({ statusCode: 428 });
  });

  it.each(['4', '', '"4', '"4" "5"', '"4 "', 'w/"4"', '"1","2","3","5","6","7","8","9","10","11","12"'])(
    'is 400 where If-Match is no list of ETags, or a long one: %s',
    async (tags) => {
      const answer = await change(tags);
      expect(answer).toMatchObject({ statusCode: 400 });
      expect(answer.problem()).toMatchObject({ errors: [{ path: 'If-Match' }] });
    },
  );
});

describe('a body', () => {
  const add = (body: string | Buffer, headers: Record<string, string> = {}) =>
    thingsApi()(`POST ${path}`, {
      headers,
      body: typeof body === 'string' ? body : body.toString('base64'),
      isBase64Encoded: typeof body !== 'string',
    });
  const latin1 = Buffer.from('{"name":"Müller"}', 'latin1');

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'may be %s',
    async (type) => {
      const answer = await add('{"name":"Müller"}', { 'content-type': type, 'content-encoding': 'identity' });
      expect(answer).toMatchObject({ statusCode: 200, body: '{"name":"Müller"}' });
    },
  );

  it.each<readonly [string, string | Buffer, Record<string, string>, number, RegExp]>([
    ['in gzip', 'x', { 'content-encoding': 'gzip' }, 415, /content encoding/],
    ['in another charset', latin1, { 'content-type': 'application/json; charset=iso-8859-1' }, 415, /UTF-8/],
    ['of another type', 'a=b', { 'content-type': 'text/plain' }, 415, /application\/json/],
    ['that is Latin-1', latin1, {}, 400, /UTF-8/],
    ['that was Latin-1, as API Gateway reads it', latin1.toString('utf8'), {}, 400, /UTF-8/],
    ['with a byte order mark', '\uFEFF{"name":"x"}', {}, 400, /byte order mark/],
    ['that is no JSON', '{"name":', {}, 400, /valid JSON/],
    ['that is deep', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, {}, 400, /32 levels/],
    ['that is deep in objects', `${'{"a":'.repeat(32)}[]${'}'.repeat(32)}`, {}, 400, /32 levels/],
  ])('%s is refused in words that are true', async (_, body, headers, status, words) => {
    const answer = await add(body, { 'idempotency-key': 'k', ...headers });
    expect(answer.statusCode).toBe(status);
    expect(answer.problem().title).toMatch(words);
  });

  it('is as deep as any of ours, and 32 levels', async () => {
    const deep = `${'{"a":'.repeat(31)}[]${'}'.repeat(31)}`;
    expect(await add(deep)).toMatchObject({ statusCode: 200, body: deep });
  });

  it('with a name that would vanish is refused where it is, in a query too', async () => {
    const answer = await add('{"metadata":{"facts":[{"__proto__":{"admin":true}}]}}');
    expect(answer.problem()).toMatchObject({
      status: 400,
      errors: [{ path: 'metadata.facts.0', message: 'can’t include "__proto__"' }],
    });
    const queryStringParameters = JSON.parse('{"__proto__":"x"}');
    expect(await thingsApi()(`GET ${path}`, { queryStringParameters })).toMatchObject({ statusCode: 400 });
  });
});

describe('a request', () => {
  it('without a user agent is answered', async () => {
    const requestContext = JSON.parse(
      '{"requestId":"request-1","http":{"method":"GET","sourceIp":"127.0.0.1"}}',
    );
    expect(await thingsApi()(`GET ${path}`, { requestContext })).toMatchObject({ statusCode: 200 });
  });

  it('whose handler was to ask the rules and hasn’t is answered with nothing of what it found', async () => {
    const send = thingsApi();
    expect(await send(`GET ${path}/asked`)).toMatchObject({ statusCode: 200 });
    const unasked = await send(`GET ${path}/unasked`);
    expect(unasked.statusCode).toBe(500);
    expect(unasked.body).not.toContain('secret');
  });

  it('for another organization is let in from the platform’s super admin, and from nobody by role alone', async () => {
    const pathParameters = { organizationId: newOrganizationId(new Date()) };
    const ask = (member: Parameters<typeof thingsApi>[0]) =>
      thingsApi(member)(`GET ${path}`, { pathParameters });
    expect(await ask({ member: superAdmin })).toMatchObject({ statusCode: 200 });
    expect(await ask({ member: { role: 'super_admin' } })).toMatchObject({ statusCode: 404 });
    expect(await ask({})).toMatchObject({ statusCode: 404 });
  });
});

describe('an organization that leaves', () => {
  const frozen = { frozenAt: '2026-11-20T14:02:31.418Z', deletionFrom: '2026-12-20T14:02:31.418Z' };
  const headers = { 'if-match': '"4"' };

  it.each([
    ['its own admin', {}],
    ['a super admin', superAdmin],
  ])('is read by %s, and changed by nobody', async (_, member) => {
    const send = thingsApi({ member, profile: frozen });
    expect(await send(`GET ${path}`)).toMatchObject({ statusCode: 200 });
    const added = await send(`POST ${path}`, { body: '{}' });
    expect([added.statusCode, added.problem().reason]).toEqual([409, 'organization_frozen']);
    const changed = await send(`PATCH ${path}`, { headers });
    expect([changed.statusCode, changed.problem().reason]).toEqual([409, 'organization_frozen']);
  });

  it('lets its own admin take away a key that got out: it isn’t taken along', async () => {
    const send = thingsApi({ profile: frozen });
    expect(await send(`DELETE ${path}`, { headers })).toMatchObject({ statusCode: 200 });
  });

  it('says first what a role doesn’t allow', async () => {
    const send = thingsApi({ member: { role: 'team_member' }, profile: frozen });
    expect(await send(`POST ${path}`, { body: '{}' })).toMatchObject({ statusCode: 403 });
  });
});
