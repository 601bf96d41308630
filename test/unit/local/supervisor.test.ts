import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { supervise } from '../../../infra/local/supervisor.ts';

const children: ChildProcess[] = [];
const start = () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  children.push(child);
  return child;
};
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
const ended = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

describe('the process that npm run dev runs', () => {
  it('is started anew after it was ended by a signal', async () => {
    const supervisor = supervise(start);
    const [first] = children;
    first?.kill('SIGKILL');
    if (first) await once(first, 'exit');
    await supervisor.restart();
    expect(children).toHaveLength(2);
    await supervisor.stop();
  });

  it('ends before the next begins, also when changes come faster than that', async () => {
    const supervisor = supervise(start);
    await Promise.all([supervisor.restart(), supervisor.restart()]);
    expect(children.map(ended)).toEqual([true, true, false]);
    await supervisor.stop();
  });

  it('ends with whoever runs it, and no other begins', async () => {
    const supervisor = supervise(start);
    await Promise.all([supervisor.stop(), supervisor.restart()]);
    expect(children.map(ended)).toEqual([true]);
    await supervisor.stop();
  });
});
