import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { freePort } from '../support/free-port.ts';
import { eventually } from '../support/product.ts';
import { enginePid, ready, startProcess } from '../support/product-process.ts';
import { seededState } from '../support/seeded-state.ts';

// With the example data, as after a first run, which every other test starts from.
const stateDirectory = mkdtempSync(join(tmpdir(), 'mtcms-process-'));
let port: number;
beforeAll(async () => {
  cpSync(await seededState(), stateDirectory, { recursive: true });
  port = await freePort();
});
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => rmSync(stateDirectory, { recursive: true, force: true }));

function start(environment: Record<string, string> = {}) {
  const run = startProcess({ PORT: String(port), MTCMS_STATE_DIRECTORY: stateDirectory, ...environment });
  running.add(run.child);
  return run;
}

const people = async () => {
  const client = z.object({ people: z.array(z.object({ userId: z.string() })) });
  return client.parse(await (await fetch(`http://localhost:${port}/clerk/client`)).json()).people;
};

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm start', () => {
  it('has its data again after kill -9, says so when the port is in use, and leaves no process behind', async () => {
    const first = start();
    await ready(first);
    expect(first.said()).toContain(`http://localhost:${port}`);
    expect(first.said()).toContain('Sofia Keller');
    const before = await people();
    expect(before.length).toBeGreaterThan(50);

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said().trim()).toBe(
      `Port ${port} is already in use. Stop the program that uses it, or choose another port: PORT=${port + 100} npm start`,
    );

    first.child.kill('SIGKILL');
    await first.ended;
    const again = start();
    await ready(again);
    expect(await people()).toEqual(before);
    expect(again.said()).not.toContain('example data');

    const engine = enginePid(stateDirectory);
    expect(alive(engine)).toBe(true);
    again.child.kill('SIGINT');
    expect(await again.ended).toBe(0);
    await eventually(async () => !alive(engine), 'the engine has ended');
    await expect(fetch(`http://localhost:${port}/api/health`)).rejects.toThrow();
  });

  it('says what is wrong with a setting, in one line', async () => {
    const wrong = start({ PORT: 'many' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.said().trim()).toBe('PORT must be a number');
  });

  it('says what to do when the data is damaged', async () => {
    const state = mkdtempSync(join(tmpdir(), 'mtcms-damaged-'));
    writeFileSync(join(state, 'secrets.json'), '{"half":');
    const run = start({ MTCMS_STATE_DIRECTORY: state, PORT: String(await freePort()) });
    expect(await run.ended).toBe(1);
    expect(run.said()).toContain('npm run reset');
    rmSync(state, { recursive: true, force: true });
  });
});
