import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FunctionOutcome, Schedule } from '../../../../infra/local/aws/resources.ts';
import { type Scheduler, startScheduler } from '../../../../infra/local/aws/scheduler.ts';

const hourly: Schedule = {
  name: 'hourly',
  logicalId: 'Hourly0',
  expression: 'cron(5 * * * ? *)',
  timeZone: 'UTC',
  enabled: true,
  targetFunctionArn: 'arn:function',
  targetRoleArn: 'arn:role',
  input: '{}',
  groupArn: 'arn:group',
};
const done: FunctionOutcome = { ok: true, payload: 1 };

let scheduler: Scheduler;
beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-03-01T00:00:00Z') }));
afterEach(async () => {
  await scheduler.stop();
  vi.useRealTimers();
});

describe('the scheduler', () => {
  it('runs a schedule each time it is due, and tells when the next time is', async () => {
    const run = vi.fn(async () => done);
    scheduler = startScheduler({ schedules: [hourly], run });
    expect(scheduler.status()[0]?.nextRun).toBe('2026-03-01T00:05:00.000Z');
    await vi.advanceTimersByTimeAsync(5 * 60_000 - 1);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(run).toHaveBeenCalledTimes(2);
    expect(scheduler.status()[0]?.nextRun).toBe('2026-03-01T02:05:00.000Z');
  });

  it('waits for what is further away than a timer reaches', async () => {
    const run = vi.fn(async () => done);
    scheduler = startScheduler({ schedules: [{ ...hourly, expression: 'cron(0 0 1 6 ? *)' }], run });
    await vi.advanceTimersByTimeAsync(91 * 86_400_000);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs one now by its name or logical id, and keeps the latest results', async () => {
    scheduler = startScheduler({ schedules: [hourly], run: async () => done });
    await expect(scheduler.runNow('hourly')).resolves.toMatchObject({ outcome: done });
    await scheduler.runNow('Hourly0');
    expect(scheduler.status()[0]?.results).toHaveLength(2);
    for (let count = 0; count < 20; count += 1) await scheduler.runNow('hourly');
    expect(scheduler.status()[0]?.results).toHaveLength(10);
    await expect(scheduler.runNow('daily')).rejects.toThrow('There is no schedule daily.');
  });

  it('keeps a run that could not be started as a failed one', async () => {
    const run = () => Promise.reject(new Error('not allowed'));
    scheduler = startScheduler({ schedules: [hourly], run });
    await expect(scheduler.runNow('hourly')).resolves.toMatchObject({
      outcome: { ok: false, error: { errorMessage: 'not allowed' } },
    });
  });

  it('leaves a disabled schedule alone', async () => {
    const run = vi.fn(async () => done);
    scheduler = startScheduler({ schedules: [{ ...hourly, enabled: false }], run });
    await vi.advanceTimersByTimeAsync(2 * 3_600_000);
    expect(run).not.toHaveBeenCalled();
    expect(scheduler.status()[0]?.nextRun).toBeUndefined();
  });
});
