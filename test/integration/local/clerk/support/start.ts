import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClerkClient } from '@clerk/backend';
import { type Clerk, type ClerkOptions, startClerk } from '../../../../../infra/local/clerk/clerk.ts';

export const secretKey = 'sk_test_of_the_tests';
export const signingSecret = `whsec_${Buffer.from('a signing secret of the tests').toString('base64')}`;

export const newStateDirectory = () => mkdtempSync(join(tmpdir(), 'mtcms-clerk-'));

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://localhost:${address.port}`;
}

export async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

/** The stand-in on a separate port, with Clerk's own client for it. */
export async function start(options: Partial<ClerkOptions> = {}) {
  const parts: { clerk?: Clerk } = {};
  const server = createServer((request, response) => parts.clerk?.handle(request, response));
  const origin = await listen(server);
  const clerk = await startClerk({
    origin,
    stateDirectory: newStateDirectory(),
    secretKey,
    signingSecret,
    webhookUrl: `${origin}/nobody-listens`,
    webhooks: 'hold',
    onProblem: () => undefined,
    firstRetry: 1,
    ...options,
  }).catch(async (error: unknown) => {
    await close(server);
    throw error;
  });
  parts.clerk = clerk;
  const base = `${origin}/clerk`;
  return {
    origin,
    base,
    client: createClerkClient({ apiUrl: base, secretKey }),
    post: (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${base}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        redirect: 'manual',
      }),
    async stop() {
      await clerk.stop();
      await close(server);
    },
  };
}
export type Started = Awaited<ReturnType<typeof start>>;

/** A response's cookie, as a browser sends it back. */
export const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** Sends the acceptance page's form. */
export const acceptAs = ({ base }: Pick<Started, 'base'>, ticket: string, name: string) =>
  fetch(`${base}/invitations/accept`, {
    method: 'POST',
    body: new URLSearchParams({ ticket, name }),
    redirect: 'manual',
  });

export const ticketOf = (url = ''): string => new URL(url).searchParams.get('ticket') ?? '';
