import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublic, type Resolve, requestTarget } from '../../../functions/machines/request-target.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A target on this machine. */
async function target(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return `http://localhost:${address.port}/in`;
}

const message = { headers: { 'webhook-id': 'msg_1' }, body: '{"type":"kpi.updated"}' };
const local = requestTarget({ isLocalAllowed: true, timeout: 500 });

/** A DNS lookup that returns these addresses, one list after another. */
const answering = (...answers: readonly (readonly string[])[]) => {
  let times = 0;
  const resolve: Resolve = (_, __, callback) => {
    const addresses = answers[Math.min(times, answers.length - 1)] ?? [];
    times += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve, times: () => times };
};

describe('a request to a target', () => {
  it('posts the message as it was signed, and says what was answered', async () => {
    const got: { headers?: object; body?: string } = {};
    const url = await target(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      Object.assign(got, { headers: request.headers, body });
      response.writeHead(204).end();
    });
    expect(await local(url, message)).toMatchObject({ status: 204 });
    expect(got).toMatchObject({ body: message.body, headers: { 'webhook-id': 'msg_1' } });
  });

  it.each([500, 404, 410])('says so when %i is answered', async (status) => {
    const url = await target((_, response) => response.writeHead(status).end('no'));
    expect(await local(url, message)).toMatchObject({ status });
  });

  it('gives up on one that hangs, before or in the middle of its answer', async () => {
    const silent = await target(() => undefined);
    expect(await local(silent, message)).toMatchObject({ problem: 'timeout' });
    server?.closeAllConnections();
    server?.close();
    const slow = await target((_, response) => {
      response.writeHead(200);
      response.write('x');
    });
    expect(await local(slow, message)).toMatchObject({ problem: 'timeout' });
  });

  it('stops reading an answer of 10 MB', async () => {
    let written = 0;
    const url = await target((_, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024);
      const more = () => {
        while (written < 10_000_000) {
          written += chunk.byteLength;
          if (!response.write(chunk)) return;
        }
        response.end();
      };
      response.on('drain', more);
      response.on('error', () => undefined);
      more();
    });
    expect(await local(url, message)).toMatchObject({ status: 200 });
    expect(written).toBeLessThan(10_000_000);
  });

  it.each(['http://169.254.169.254/latest/meta-data', 'http://[::1]/'])(
    'follows no redirect to %s',
    async (location) => {
      let asked = 0;
      const url = await target((_, response) => {
        asked += 1;
        response.writeHead(302, { location }).end();
      });
      expect(await local(url, message)).toMatchObject({ status: 302 });
      expect(asked).toBe(1);
    },
  );

  it('says so when there is nobody', async () => {
    const url = await target(() => undefined);
    server?.close();
    await new Promise((resolve) => server?.on('close', resolve));
    expect(await local(url, message)).toMatchObject({ problem: 'unreachable' });
  });
});

describe('an address that isn’t public', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '2002:7f00:1::', 'no address'],
  ])('is %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('isn’t %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'http://example.com/',
  ])('isn’t called when it stands in the URL: %s', async (url) => {
    const { resolve } = answering(['127.0.0.1']);
    expect(await requestTarget({ resolve })(url, message)).toMatchObject({ problem: 'refused-address' });
  });

  it('isn’t called when a name leads to it, not even beside a public one', async () => {
    for (const addresses of [['10.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:10.0.0.1'], []]) {
      const { resolve } = answering(addresses);
      expect(await requestTarget({ resolve })('https://hooks.example.com/', message)).toMatchObject({
        problem: 'refused-address',
      });
    }
  });

  it('isn’t called by a name that changes its mind: the address that was judged is the one connected to', async () => {
    const { resolve, times } = answering(['192.0.2.1'], ['127.0.0.1']);
    const { resolve: rebinding, times: asked } = answering(['8.8.8.8'], ['127.0.0.1']);
    await requestTarget({ resolve, timeout: 100 })('https://hooks.example.com/', message);
    await requestTarget({ resolve: rebinding, timeout: 100 })('https://hooks.example.com:1/', message);
    expect([times(), asked()]).toEqual([1, 1]);
  });
});
