import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

/** Lambda, as the command line reaches it on AWS: what it is asked, and what it answers, one after another. */
const asked: { readonly url: string | undefined; readonly body: string; readonly key: string }[] = [];
let answers: { readonly body: object; readonly isError?: boolean }[] = [];
const server = createServer(async (request, response) => {
  const [, key = ''] = /Credential=(\w+)/.exec(request.headers.authorization ?? '') ?? [];
  asked.push({ url: request.url, body: await text(request), key });
  const { body, isError = false } = answers.shift() ?? { body: {} };
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
beforeEach(() => asked.splice(0));

/** Runs `npm run redrive` with an operator's credentials in its shell. */
async function redrive() {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const env = {
    ...process.env,
    ...{ AWS_ACCESS_KEY_ID: 'OPERATOR', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' },
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`,
    REDRIVE_FUNCTION_NAME: 'mtcms-prod-redrive',
  };
  const child = spawn(process.execPath, ['infra/local/redrive.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { said: `${out}${error}`, code };
}

const nothing = { objects: 0, records: 0, failing: [], waiting: 0 };

it('has the deployed function replay until nothing waits, under the operator’s own credentials', async () => {
  answers = [
    { body: { ...nothing, objects: 3, records: 250, waiting: 2 } },
    { body: { ...nothing, objects: 2, records: 2 } },
  ];
  const { said, code } = await redrive();
  expect(asked).toEqual(
    Array(2).fill({
      url: '/2015-03-31/functions/mtcms-prod-redrive/invocations',
      body: '{"does":"replay"}',
      key: 'OPERATOR',
    }),
  );
  expect(said).toContain('Replayed: 252 records in 5 objects. Still waiting: 0 objects.');
  expect(code).toBe(0);
});

it('says that there is nothing to replay', async () => {
  answers = [{ body: nothing }];
  expect(await redrive()).toEqual({ said: expect.stringContaining('The failure bucket is empty'), code: 0 });
});

it('names what still fails, and stops when a run gets nowhere', async () => {
  const failing = [{ key: 'aws/lambda/w/1', reason: 'The log says why.', eventIds: ['e1', 'e2'] }];
  answers = [
    { body: { objects: 1, records: 4, failing, waiting: 1 } },
    { body: { ...nothing, failing, waiting: 1 } },
  ];
  const { said, code } = await redrive();
  expect(said).toContain('Replayed: 4 records in 1 object. Still waiting: 1 object.');
  expect(said).toContain('aws/lambda/w/1');
  expect(said).toContain('events: e1, e2');
  expect({ code, runs: asked.length }).toEqual({ code: 1, runs: 2 });
});

it('says what the function failed of', async () => {
  answers = [{ body: { errorMessage: 'no memory' }, isError: true }];
  expect(await redrive()).toEqual({
    said: expect.stringContaining('mtcms-prod-redrive failed: {"errorMessage":"no memory"}'),
    code: 1,
  });
});
