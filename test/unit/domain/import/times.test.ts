import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeOf } from '../../../../domain/import/document.ts';
import { auditLog, imported, kindsOf, organization, planned, team, user } from './planning.ts';

const times = fc
  .date({
    min: new Date('2000-01-01T00:00:00.000Z'),
    max: new Date('2100-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.getTime());
const number = (text: number, length: number) => String(text).padStart(length, '0');

describe('a legacy time', () => {
  it('is the same in ISO form, in milliseconds, and in digits as Convex writes its 64-bit integers', () => {
    fc.assert(
      fc.property(times, (ms) => {
        const time = new Date(ms).toISOString();
        expect([timeOf(time), timeOf(ms), timeOf(String(ms))]).toMatchObject([{ time }, { time }, { time }]);
      }),
    );
  });

  it('in seconds is never taken for one in milliseconds', () => {
    fc.assert(
      fc.property(times, (ms) => {
        const seconds = Math.floor(ms / 1000);
        const time = new Date(seconds * 1000).toISOString();
        expect([timeOf(seconds), timeOf(String(seconds))]).toEqual([
          { time, unit: 'seconds' },
          { time, unit: 'seconds' },
        ]);
      }),
    );
  });

  it('is read of every day of the calendar and of no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2100 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const date = `${year}-${number(month, 2)}-${number(day, 2)}`;
          const of = new Date(Date.UTC(year, month - 1, day));
          const isDay = of.getUTCMonth() === month - 1 && of.getUTCDate() === day;
          expect(timeOf(date)?.time.slice(0, 10)).toBe(isDay ? date : undefined);
        },
      ),
    );
  });

  it.each([
    '2027-02-29',
    '2026-04-31',
    '2026-02-30T10:00:00Z',
    '1999-12-31',
    '2101-01-01',
    '9999-12-31',
    0,
    5,
    '20230401',
    1_690_000_000_000_000,
    '',
    'soon',
    null,
    true,
    {},
  ])('is not %j', (value) => {
    expect(timeOf(value)).toBeUndefined();
  });
});

describe('a time in a document', () => {
  it('that is no day of the calendar is told of and kept aside', async () => {
    const subscription = { plan: 'growth', startDate: '2026-01-01', endDate: '2027-02-29' };
    const outcome = await planned({ organizations: [organization('one', { subscription })] });
    expect(imported(outcome, 'organization').subscription).toEqual({
      plan: 'growth',
      startDate: '2026-01-01',
    });
    expect(outcome.quarantined).toMatchObject([
      { reason: 'date-unreadable', part: 'subscription.endDate', content: '2027-02-29' },
    ]);
  });

  it('that counts seconds is read as such, and told of', async () => {
    const subscription = { plan: 'growth', startDate: 1_672_531_200, endDate: '1704067200000' };
    const outcome = await planned({ organizations: [organization('one', { subscription })] });
    expect(imported(outcome, 'organization').subscription).toEqual({
      ...{ plan: 'growth', startDate: '2023-01-01', endDate: '2024-01-01' },
    });
    expect(kindsOf(outcome)).toEqual(['time-in-seconds']);
  });

  it('is needed: a document that tells none, nor Convex of it, is kept aside', async () => {
    const none = { _creationTime: undefined, createdAt: undefined, timestamp: undefined };
    const organizations = [organization('one')];
    const outcomes = [
      await planned({ organizations: [organization('one', none)] }),
      await planned({ organizations, users: [user('ada', 'one', none)] }),
      await planned({ organizations, teams: [team('t1', 'one', none)] }),
      await planned({ organizations, auditLogs: [auditLog('a1', 'one', none)] }),
    ];
    for (const { verdict, findings } of outcomes) {
      expect(verdict).toBe('quarantined');
      expect(findings.at(-1)?.kind).toBe('document-invalid');
    }
  });
});
