import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type DevLoop, startDevLoop } from '../support/dev-loop.ts';
import { attachToWorkers, type InspectorSession } from '../support/inspector.ts';
import { openBrowser } from './support/browser.ts';

let loop: DevLoop;
let browser: Browser;
beforeAll(async () => {
  [loop, browser] = await Promise.all([startDevLoop(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await loop?.stop();
});
const admin = 'amara.abara@northwind.example';

/** The API's response to a request without a session. */
const refusal = async () => (await loop.request('/api/me')).body.title;

const Script = z.object({ scriptId: z.string(), url: z.string(), sourceMapURL: z.string().optional() });
const Found = z.object({ result: z.array(z.object({ lineNumber: z.number() })) });
const Place = z.object({ scriptId: z.string(), lineNumber: z.number(), columnNumber: z.number() });
const Paused = z.object({ callFrames: z.array(z.object({ location: Place })) });

/** The source position of a position in a bundle: the file, from the project's root. */
function sourceOf(
  bundle: string,
  { lineNumber, columnNumber }: { lineNumber: number; columnNumber: number },
) {
  const path = fileURLToPath(bundle);
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  const entry = map.findEntry(lineNumber, columnNumber);
  if (!('originalSource' in entry)) throw new Error(`${bundle}:${lineNumber} has no source`);
  return relative(loop.project.directory, resolve(path, '..', entry.originalSource));
}

/**
 * Sets breakpoints wherever a worker's scripts contain this string. Returns where the first one hits, and
 * resumes.
 */
async function firstPauseAt(words: string, doing: () => Promise<unknown>): Promise<string> {
  const { promise: paused, resolve: pause } = Promise.withResolvers<string>();
  const ready: Promise<void>[] = [];
  const debug = async (worker: InspectorSession) => {
    const scripts: z.infer<typeof Script>[] = [];
    worker.on('Debugger.scriptParsed', (params) => void scripts.push(Script.parse(params)));
    worker.on('Debugger.paused', (params) => {
      const [frame] = Paused.parse(params).callFrames;
      const script = scripts.find(({ scriptId }) => scriptId === frame?.location.scriptId);
      if (frame !== undefined && script !== undefined) pause(sourceOf(script.url, frame.location));
      void worker.send('Debugger.resume');
    });
    await worker.send('Debugger.enable');
    for (const { scriptId, url, sourceMapURL } of scripts) {
      if (!url.includes('/functions/') || !sourceMapURL) continue;
      const { result } = Found.parse(
        await worker.send('Debugger.searchInContent', { scriptId, query: words }),
      );
      for (const { lineNumber } of result)
        await worker.send('Debugger.setBreakpoint', { location: { scriptId, lineNumber } });
    }
  };
  const disconnect = await attachToWorkers(loop.inspectorPort, (worker) => void ready.push(debug(worker)));
  await Promise.all(ready);
  try {
    const done = doing();
    const where = await paused;
    await done;
    return where;
  } finally {
    disconnect();
  }
}

describe('npm run dev', () => {
  it('shows a page as it is saved, to whom it has signed in', async () => {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(`${loop.origin}/sign-in`);
    await page.getByLabel('Search people').fill('Amara');
    await page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Teams' }).click();
    await page.getByRole('button', { name: 'New team' }).waitFor();
    loop.project.rewrite('web', "'New team'", "'One more team'");
    await page.getByRole('button', { name: 'One more team' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/teams$/);
  });

  it('answers the next request with a handler as it is saved, and rebuilds no function that it is not in', async () => {
    expect(await refusal()).toBe('Sign in to continue.');
    loop.project.rewrite('functions', "'Sign in to continue.'", "'Sign in, please.'");
    await expect.poll(refusal, { timeout: 30_000 }).toBe('Sign in, please.');
    expect(loop.said()).toContain('rebuilding organization');
    expect(loop.said()).not.toContain('rebuilding audit-writer');
  });

  it('says what does not compile, goes on with what did, and takes the mended file', async () => {
    loop.project.rewrite('functions', "'Sign in, please.'", "'Sign in, please.");
    await expect.poll(() => loop.said(), { timeout: 30_000 }).toContain('Unterminated string literal');
    expect(await refusal()).toBe('Sign in, please.');
    loop.project.rewrite('functions', "'Sign in, please.", "'Sign in now.'");
    await expect.poll(refusal, { timeout: 30_000 }).toBe('Sign in now.');
  });

  it('lets a debugger stop in a handler, at a line of its source', async () => {
    const token = await loop.signIn(admin);
    const ask = async () => expect((await loop.api('/api/me', { token })).status).toBe(200);
    await ask();
    expect(await firstPauseAt('landingPath(user)', ask)).toBe(join('functions', 'http', 'me', 'handlers.ts'));
  });

  it('starts anew when the template has changed, with the same people and their sessions', async () => {
    const token = await loop.signIn(admin);
    loop.project.rewrite('functions/http', "path: '/api/health'", "path: '/api/health/now'");
    const status = async () => {
      try {
        return (await loop.request('/api/health/now')).status;
      } catch {
        return 'starting';
      }
    };
    await expect.poll(status, { timeout: 60_000 }).toBe(200);
    expect((await loop.api('/api/me', { token })).status).toBe(200);
  });
});
