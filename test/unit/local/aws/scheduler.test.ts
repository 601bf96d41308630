import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FunctionOutcome, Schedule } from '../../../../infra/local/aws/resources.ts';
import { parseExpression, type Scheduler, startScheduler } from '../../../../infra/local/aws/scheduler.ts';

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

const anchor = new Date('2026-03-01T00:00:30Z');
const next = (expression: string, after: string, zone = 'UTC') =>
  parseExpression(expression, zone, anchor)(new Date(after))?.toISOString();

describe('a schedule expression', () => {
  it.each([
    ['rate(5 minutes)', '2026-03-01T00:00:30Z', '2026-03-01T00:05:30.000Z'],
    ['rate(1 hour)', '2026-03-01T05:10:00Z', '2026-03-01T06:00:30.000Z'],
    ['rate(2 days)', '2026-03-01T05:10:00Z', '2026-03-03T00:00:30.000Z'],
    ['cron(10 1 * * ? *)', '2026-03-01T01:10:00Z', '2026-03-02T01:10:00.000Z'],
    ['cron(5 * * * ? *)', '2026-03-01T01:05:01Z', '2026-03-01T02:05:00.000Z'],
    ['cron(0/15 8-9 ? * MON-FRI *)', '2026-03-06T09:50:00Z', '2026-03-09T08:00:00.000Z'],
    ['cron(0 12 ? * 1 *)', '2026-03-02T00:00:00Z', '2026-03-08T12:00:00.000Z'],
    ['cron(0 0 L * ? *)', '2026-03-02T00:00:00Z', '2026-03-31T00:00:00.000Z'],
    ['cron(0 9 ? * 2#1 *)', '2026-03-03T00:00:00Z', '2026-04-06T09:00:00.000Z'],
    ['cron(0 0 1 1 ? 2030)', '2026-03-02T00:00:00Z', '2030-01-01T00:00:00.000Z'],
  ])('%s is due after %s at %s', (expression, after, due) => {
    expect(next(expression, after)).toBe(due);
  });

  it('counts in its own time zone', () => {
    expect(next('cron(0 1 * * ? *)', '2026-07-01T00:00:00Z', 'Europe/Berlin')).toBe(
      '2026-07-01T23:00:00.000Z',
    );
  });

  it('is never due again when its year is over', () => {
    expect(next('cron(0 0 1 1 ? 2020)', '2026-03-02T00:00:00Z')).toBeUndefined();
  });

  it.each([
    'at(2026-01-01T00:00:00)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'cron(0 0 * * * *)',
    'cron(0 0 ? * ? *)',
    'cron(0 0 * * ?)',
    'cron(99 0 * * ? *)',
    'daily',
  ])('refuses %s', (expression) => {
    expect(() => next(expression, '2026-03-01T00:00:00Z')).toThrow(expression);
  });
});
