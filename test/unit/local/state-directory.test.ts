import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { throttle } from '../../../infra/local/api/gateway.ts';
import { noteUser, removeUnused } from '../../../infra/local/assembly/synthesize.ts';
import {
  claim,
  commandOf,
  endLeftover,
  runningEngine,
  startOf,
} from '../../../infra/local/aws/engine/ownership.ts';
import { logFile } from '../../../infra/local/lambda/lambda.ts';
import { fileProblem, LocalProblem } from '../../../infra/local/problem.ts';
import { isFirstRun, onFirstRun } from '../../../infra/local/state-directory.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'mtcms-state-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

describe('a state directory after kill -9', () => {
  /** The record of a run with another process id, whose process started at `start`. */
  const note = (owner: number, ownerStart: string | undefined) => {
    claim(state, 999_999, 'http://127.0.0.1:1');
    const file = join(state, 'engine.json');
    const { ownerStart: _, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
    const ownerCommand = commandOf(owner);
    writeFileSync(file, JSON.stringify({ ...rest, owner, ownerCommand, ...(ownerStart && { ownerStart }) }));
  };

  it('is free for a run that got the number of the one that was killed', async () => {
    note(process.pid, undefined);
    await endLeftover(state);
    expect(readdirSync(state)).toEqual([]);
  });

  it('is free when another process, of the same command line, has that number now', async () => {
    note(process.ppid, 'some other boot 1');
    expect(runningEngine(state)).toBeUndefined();
    await endLeftover(state);
    expect(readdirSync(state)).toEqual([]);
  });

  it('is not free while the run that noted it lives', async () => {
    note(process.ppid, startOf(process.ppid));
    expect(runningEngine(state)).toBeDefined();
    await expect(endLeftover(state)).rejects.toThrow('Another run');
  });
});

describe('a state directory that was filled', () => {
  const fill = async () => {
    await onFirstRun(state, async () => {
      mkdirSync(join(state, 'clerk'));
      writeFileSync(join(state, 'clerk/state.json'), '{}');
      writeFileSync(join(state, 'dynamodb.db'), '');
    });
  };

  it('is not filled again', async () => {
    await fill();
    expect(await isFirstRun(state, true)).toBe(false);
  });

  it.each(['dynamodb.db', 'clerk/state.json'])('is not started without its %s', async (name) => {
    await fill();
    rmSync(join(state, name));
    await expect(isFirstRun(state, true)).rejects.toThrow(LocalProblem);
    await expect(isFirstRun(state, true)).rejects.toThrow(name);
  });

  it('needs no database of its own beside another one', async () => {
    await fill();
    rmSync(join(state, 'dynamodb.db'));
    expect(await isFirstRun(state, false)).toBe(false);
  });
});

describe('what can’t be written', () => {
  it('is said in a line that names it, and what to do', () => {
    writeFileSync(join(state, 'file'), '');
    const attempt = () => mkdirSync(join(state, 'file/below'), { recursive: true });
    let problem: unknown;
    try {
      attempt();
    } catch (error) {
      problem = fileProblem(error);
    }
    expect(problem).toBeInstanceOf(LocalProblem);
    expect(String(problem)).toMatch(/file.* part of the path is a file.*MTCMS_STATE_DIRECTORY/);
    const full = Object.assign(new Error('no'), { code: 'ENOSPC', path: '/x' });
    expect(String(fileProblem(full))).toContain('the disk is full');
  });

  it('is no other mistake', () => {
    const mistake = new TypeError('of ours');
    expect(fileProblem(mistake)).toBe(mistake);
  });

  it.runIf(process.platform === 'linux')(
    'ends no product: a log on a full disk is said once, and lost',
    async () => {
      const problems: string[] = [];
      // The device that fails every write like a full disk.
      symlinkSync('/dev/full', join(state, 'function.log'));
      const log = logFile(join(state, 'function.log'), (message) => problems.push(message));
      for (const line of ['one', 'two', 'three'])
        await new Promise<void>((resolve) => log.write(line, () => resolve()));
      expect(problems).toEqual([expect.stringContaining('ENOSPC')]);
      expect(log.destroyed).toBe(false);
    },
  );
});

describe('the gateway’s throttle', () => {
  it('refuses nobody because the clock was set back', () => {
    let now = 1_000_000;
    const admits = throttle({ burst: 2, perSecond: 1 }, () => now);
    expect(admits()).toBe(true);
    now -= 3_600_000;
    expect(admits()).toBe(true);
    expect(admits()).toBe(false);
    now += 1000;
    expect(admits()).toBe(true);
  });
});

describe('an assembly that a product runs from', () => {
  it('stays while that runs, when another one is made', () => {
    for (const name of ['used', 'left', 'killed', 'current', `draft.${process.pid}`, 'draft.999999'])
      mkdirSync(join(state, name));
    noteUser(join(state, 'used'));
    mkdirSync(join(state, 'killed/.users'));
    writeFileSync(join(state, 'killed/.users', String(process.pid)), 'some other boot 1');
    removeUnused(state, join(state, 'current'));
    expect(readdirSync(state).sort()).toEqual(['current', `draft.${process.pid}`, 'used']);
  });
});
