import { describe, expect, it } from 'vitest';
import { type HealthFacts, healthOf } from '../../../domain/organization/health.ts';
import { organization } from './usage-facts.ts';

const today = '2026-11-24';
const signals = {
  ...{ date: today, activeUsers: 20, waitingInvitations: 0, leaderlessTeams: 0 },
  ...{ runningKpis: 12, quietKpis: 0, lastCheckInOn: '2026-11-23' },
};
const well: HealthFacts = {
  ...organization({ createdAt: '2026-01-01T09:00:00.000Z' }),
  counts: { users: 24, pendingInvitations: 6, teams: 5, kpis: 12 },
  admins: 2,
  lastActivityOn: '2026-11-24',
  signals,
};
const noticing = (change: Partial<typeof signals>) => ({ ...well, signals: { ...signals, ...change } });
const ending = (endDate: string) => ({
  ...well,
  subscription: { plan: 'growth' as const, startDate: '2026-01-01', endDate },
});
const founded = (createdAt: string, change: Partial<HealthFacts> = {}) => ({
  ...well,
  createdAt: `${createdAt}T09:00:00.000Z`,
  ...change,
});
const empty = { users: 0, pendingInvitations: 1, teams: 0, kpis: 0 };

describe('an organization that is doing well', () => {
  it('has no reason not to', () => {
    expect(healthOf(well, today)).toEqual({ level: 'healthy', reasons: [] });
  });

  it('is new in its first two weeks', () => {
    expect(healthOf(founded('2026-11-11'), today).level).toBe('new');
    expect(healthOf(founded('2026-11-10'), today).level).toBe('healthy');
  });

  it('is judged by its counts alone before the first run', () => {
    expect(healthOf({ ...well, signals: undefined }, today)).toEqual({ level: 'healthy', reasons: [] });
  });
});

describe('an organization that nobody can get into', () => {
  const neglected = { ...well, lastActivityOn: '2026-01-01', admins: 0 };
  it('has that one reason', () => {
    expect(healthOf({ ...neglected, status: 'inactive' }, today)).toEqual({
      level: 'inactive',
      reasons: [{ code: 'suspended', level: 'inactive' }],
    });
    const expired = { ...neglected, subscription: ending('2026-11-20').subscription };
    expect(healthOf(expired, today)).toEqual({
      level: 'at_risk',
      reasons: [{ code: 'plan_expired', level: 'at_risk', date: '2026-11-20', days: 4 }],
    });
  });
});

describe('a reason', () => {
  const reason = (facts: HealthFacts) => healthOf(facts, today).reasons;
  it.each([
    ['the plan ends in 31 days', ending('2026-12-25'), []],
    [
      'the plan ends in 30 days',
      ending('2026-12-24'),
      [{ code: 'plan_ends_soon', level: 'watch', date: '2026-12-24', days: 30 }],
    ],
    [
      'the plan ends in 14 days',
      ending('2026-12-08'),
      [{ code: 'plan_ends_soon', level: 'at_risk', date: '2026-12-08', days: 14 }],
    ],
    [
      'the first admin of a new one has not joined yet',
      founded('2026-11-22', { admins: 0, counts: empty, lastActivityOn: '2026-11-22', signals: undefined }),
      [{ code: 'no_admin', level: 'new' }],
    ],
    [
      'nobody has joined for two weeks',
      founded('2026-11-10', { admins: 0, counts: empty, lastActivityOn: '2026-11-10', signals: undefined }),
      [{ code: 'no_admin', level: 'at_risk' }],
    ],
    ['the last admin is gone', { ...well, admins: 0 }, [{ code: 'no_admin', level: 'at_risk' }]],
    ['it was last used 13 days ago', { ...well, lastActivityOn: '2026-11-11' }, []],
    [
      'it was last used 14 days ago, whoever used it in that week',
      { ...noticing({ activeUsers: 0 }), lastActivityOn: '2026-11-10' },
      [{ code: 'no_activity', level: 'at_risk', days: 14 }],
    ],
    ['a quarter of its people are active', noticing({ activeUsers: 6 }), []],
    [
      'fewer than a quarter are active',
      noticing({ activeUsers: 5 }),
      [{ code: 'low_activity', level: 'at_risk', count: 5, of: 24 }],
    ],
    [
      'one of four people is active',
      { ...noticing({ activeUsers: 0 }), counts: { ...well.counts, users: 4 } },
      [],
    ],
    ['the last check-in was 9 days ago', noticing({ lastCheckInOn: '2026-11-15' }), []],
    [
      'the last check-in was 12 days ago',
      noticing({ lastCheckInOn: '2026-11-12' }),
      [{ code: 'no_check_ins', level: 'watch', days: 12 }],
    ],
    [
      'the last check-in was three weeks ago',
      noticing({ lastCheckInOn: '2026-11-03' }),
      [{ code: 'no_check_ins', level: 'at_risk', days: 21 }],
    ],
    ['no KPI is running any more', noticing({ lastCheckInOn: '2026-09-01', runningKpis: 0 }), []],
    [
      'something is left undone',
      noticing({ waitingInvitations: 5, leaderlessTeams: 2, quietKpis: 3 }),
      [
        { code: 'invitations_waiting', level: 'watch', count: 5, of: 6 },
        { code: 'teams_without_leader', level: 'watch', count: 2, of: 5 },
        { code: 'kpis_quiet', level: 'watch', count: 3, of: 12 },
      ],
    ],
  ])('is given, or isn’t, when %s', (_, facts, reasons) => {
    expect(reason(facts)).toEqual(reasons);
  });

  it('that is worse comes first and says how the whole is', () => {
    const { level, reasons } = healthOf({ ...ending('2026-12-24'), admins: 0 }, today);
    expect([level, ...reasons.map(({ code }) => code)]).toEqual(['at_risk', 'no_admin', 'plan_ends_soon']);
  });
});
