import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach } from 'vitest';

interface PretendLambda {
  /** Its responses, in order. */
  answers: { readonly body: object; readonly isError?: boolean }[];
  /** Its requests in this test. */
  readonly asked: { readonly url: string | undefined; readonly body: string; readonly key: string }[];
  /** Runs the command with an operator's credentials in its environment. */
  run(...args: string[]): Promise<{ said: string; code: unknown }>;
}

/** Lambda as seen by the command line on AWS. */
export function pretendLambda(command: string, environment: Readonly<Record<string, string>>): PretendLambda {
  const asked: { url: string | undefined; body: string; key: string }[] = [];
  const server = createServer(async (request, response) => {
    const [, key = ''] = /Credential=(\w+)/.exec(request.headers.authorization ?? '') ?? [];
    asked.push({ url: request.url, body: await text(request), key });
    const { body, isError = false } = lambda.answers.shift() ?? { body: {} };
    response.writeHead(200, isError ? { 'x-amz-function-error': 'Unhandled' } : {}).end(JSON.stringify(body));
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => void asked.splice(0));

  async function run(...args: string[]) {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const env = {
      ...process.env,
      ...{ AWS_ACCESS_KEY_ID: 'OPERATOR', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' },
      ...{ AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`, ...environment },
    };
    const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = [text(child.stdout), text(child.stderr), once(child, 'exit')] as const;
    const [out, error, [code]] = await Promise.all(ended);
    return { said: `${out}${error}`, code };
  }
  const lambda: PretendLambda = { answers: [], asked, run };
  return lambda;
}
