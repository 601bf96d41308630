import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../../infra/local/aws/scheduler.ts';

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
