import { describe, expect, it } from 'vitest';
import { type HealthFacts, healthOf } from '../../../domain/organization/health-rules.schema.ts';
import { healthWeights, problemsOf } from '../../../domain/organization/health-weights.schema.ts';
import { figuresOf } from '../../../domain/usage/figures.ts';
import { backtestReport } from '../../../domain/usage/health-backtest.ts';
import { healthHistory } from '../../../domain/usage/health-history.schema.ts';
import type { UsageSnapshot } from '../../../domain/usage/usage.schema.ts';
import { none, organization } from './usage-facts.ts';

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
    expect(healthOf(well, today)).toEqual({ level: 'healthy', score: 100, reasons: [] });
  });

  it('is new in its first two weeks', () => {
    expect(healthOf(founded('2026-11-11'), today).level).toBe('new');
    expect(healthOf(founded('2026-11-10'), today).level).toBe('healthy');
  });

  it('is judged by its counts alone before the first run', () => {
    expect(healthOf({ ...well, signals: undefined }, today).reasons).toEqual([]);
  });
});

describe('an organization that nobody can get into', () => {
  const neglected = { ...well, lastActivityOn: '2026-01-01', admins: 0 };
  it('has that one reason', () => {
    expect(healthOf({ ...neglected, status: 'inactive' }, today)).toEqual({
      level: 'inactive',
      score: 0,
      reasons: [{ code: 'suspended', level: 'inactive', weight: 100 }],
    });
    const expired = { ...neglected, subscription: ending('2026-11-20').subscription };
    expect(healthOf(expired, today)).toEqual({
      level: 'at_risk',
      score: 30,
      reasons: [{ code: 'plan_expired', level: 'at_risk', date: '2026-11-20', days: 4, weight: 70 }],
    });
  });
});

describe('a reason', () => {
  const reason = (facts: HealthFacts) =>
    healthOf(facts, today).reasons.map(({ weight: _, ...found }) => found);
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
        { code: 'teams_without_leader', level: 'watch', count: 2, of: 5 },
        { code: 'kpis_quiet', level: 'watch', count: 3, of: 12 },
        { code: 'invitations_waiting', level: 'watch', count: 5, of: 6 },
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

describe('the score', () => {
  it('is 100 without the weights of the reasons, and never less than 0', () => {
    const { score, reasons } = healthOf(noticing({ leaderlessTeams: 1, waitingInvitations: 2 }), today);
    expect(score).toBe(100 - reasons.reduce((sum, { weight }) => sum + weight, 0));
    expect(reasons.map(({ weight }) => weight)).toEqual([10, 5]);
    const lost = { ...ending('2026-11-25'), admins: 0, lastActivityOn: '2026-01-01' };
    expect(healthOf({ ...lost, signals: { ...signals, lastCheckInOn: '2026-01-01' } }, today).score).toBe(0);
  });

  it('is compared with that of a week ago, which the facts of then give by the weights of today', () => {
    const { signals: _, ...rest } = well;
    const weekAgo = {
      ...{ date: '2026-11-17', counts: well.counts, admins: 0, lastActivityOn: '2026-11-17' },
      signals: { ...signals, date: '2026-11-17', lastCheckInOn: '2026-11-16' },
    };
    const health = healthOf({ ...rest, signals, weekAgo }, today);
    expect([health.score, health.weekAgo]).toEqual([100, { date: '2026-11-17', score: 50 }]);
    expect(healthOf(well, today).weekAgo).toBeUndefined();
    expect(healthOf({ ...well, weekAgo, status: 'inactive' }, today).weekAgo).toBeUndefined();
  });
});

describe('the history of health', () => {
  const snapshot = (date: string, change: Partial<UsageSnapshot> = {}): UsageSnapshot => ({
    ...figuresOf({ ...none, runningKpis: 2, lastCheckInOn: date }, date, new Date(`${date}T12:00:00.000Z`)),
    ...{ users: 3, activeAdmins: 1, lastActiveOn: date },
    ...change,
  });
  const past = { ...well, plans: [] };

  it('has a score for each day that has a snapshot, and none where there are none', () => {
    const days = [snapshot('2026-11-01'), snapshot('2026-11-03', { activeAdmins: 0 })];
    expect(healthHistory(past, days)).toEqual([
      { date: '2026-11-01', score: 100, level: 'healthy' },
      { date: '2026-11-03', score: 50, level: 'at_risk' },
    ]);
    expect(healthHistory(past, [])).toEqual([]);
  });

  it('goes by the plan and the suspension of the day', () => {
    const plan = (endDate: string) => ({ plan: 'growth' as const, startDate: '2026-01-01', endDate });
    const renewed = {
      ...past,
      subscription: plan('2027-12-31'),
      plans: [
        { at: '2026-11-10T09:00:00.000Z', before: plan('2026-11-12'), after: plan('2027-12-31') },
        { at: '2026-01-01T09:00:00.000Z', before: null, after: plan('2026-11-12') },
      ],
      suspendedAt: '2026-11-14T09:00:00.000Z',
      reactivatedAt: '2026-11-16T09:00:00.000Z',
    };
    const days = ['2026-11-05', '2026-11-11', '2026-11-15', '2026-11-17'].map((date) => snapshot(date));
    expect(healthHistory(renewed, days).map(({ score }) => score)).toEqual([75, 100, 0, 100]);
    const suspended = { ...renewed, reactivatedAt: undefined, status: 'inactive' as const };
    expect(healthHistory(suspended, days).map(({ score }) => score)).toEqual([75, 100, 0, 0]);
  });
});

describe('the backtest', () => {
  const of = (outcome: 'suspended' | 'ended' | 'kept', ...scores: readonly (number | null)[]) =>
    scores.map((score) => ({ outcome, score }));

  it('counts hits and misses at each score, and says how little data there is', () => {
    const report = backtestReport([
      ...of('suspended', 10, 70),
      ...of('ended', 55, null),
      ...of('kept', 100, 50),
    ]);
    expect(report[0]).toBe(
      '6 organizations: 2 suspended, 2 with an ended plan, 2 kept; 1 of them without a snapshot of then.',
    );
    const rows = report.slice(3, 6).map((line) => line.trim().split(/\s+/).map(Number));
    expect(rows).toEqual([
      [40, 1, 2, 0, 2],
      [60, 2, 1, 1, 1],
      [80, 3, 0, 1, 1],
    ]);
    expect(report.at(-1)).toContain('Only 3 left and 2 stayed');
  });

  it('trusts figures of enough organizations', () => {
    const many = Array.from({ length: 20 }, () => 50);
    expect(backtestReport([...of('ended', ...many), ...of('kept', ...many)]).at(-1)).toBe('');
  });
});

describe('the weights', () => {
  it('are sound: every reason has one, and weighs more at risk than when it is watched', () => {
    expect(problemsOf(healthWeights)).toEqual([]);
  });

  it.each([
    ['a reason without weights', { ...healthWeights, no_admin: {} }],
    ['a missing reason', { ...healthWeights, no_admin: undefined }],
    ['a reason that nobody knows', { ...healthWeights, bad_mood: { watch: 5 } }],
    ['a weight that takes nothing', { ...healthWeights, no_admin: { at_risk: 0 } }],
    ['a weight that gives', { ...healthWeights, no_admin: { at_risk: -10 } }],
    ['a weight beyond everything', { ...healthWeights, no_admin: { at_risk: 101 } }],
    ['a weight in parts of a point', { ...healthWeights, no_admin: { at_risk: 0.5 } }],
    ['a level that nobody knows', { ...healthWeights, no_admin: { doomed: 50 } }],
    ['less weight at risk than before', { ...healthWeights, no_check_ins: { at_risk: 5, watch: 15 } }],
  ])('are refused with %s', (_, weights) => {
    expect(problemsOf(weights)).toHaveLength(1);
  });
});
