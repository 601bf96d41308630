import { describe, expect, it } from 'vitest';
import { newTeamId } from '../../../domain/ids.ts';
import { figuresOf, isQuiet } from '../../../domain/usage/figures.ts';
import { attentionOf } from '../../../domain/usage/tally.ts';
import { closing, date, none, organization } from './usage-facts.ts';

describe('an organization to look at', () => {
  const admin = (status: 'active' | 'deactivated') => ({
    role: 'org_admin' as const,
    status,
    createdAt: '2026-01-01T10:00:00.000Z',
    teams: {},
  });
  const lively = {
    ...none,
    members: [admin('active')],
    activity: new Map([['user_1', ['2026-11-20']]]),
  };
  const ends = (endDate: string) =>
    organization({ subscription: { plan: 'growth', startDate: '2026-01-01', endDate } });
  const leader = (status: 'active' | 'deactivated') => ({
    ...admin(status),
    role: 'team_leader' as const,
    teams: { [newTeamId(closing)]: 'leader' as const },
  });
  const waiting = (day: string) => ({
    ...lively,
    invitations: [
      {
        status: 'pending' as const,
        createdAt: `${day}T12:00:00.000Z`,
        updatedAt: `${day}T12:00:00.000Z`,
        expiresAt: '2026-12-24T12:00:00.000Z',
      },
    ],
  });
  const quiet = { ...lively, activity: new Map([['user_1', ['2026-11-10']]]) };

  it.each([
    ['one that is fine', organization(), lively, undefined],
    ['a suspended one', organization({ status: 'inactive' }), quiet, ['suspended']],
    ['one whose plan ended yesterday', ends('2026-11-23'), quiet, ['plan_expired']],
    ['one whose plan ends today', ends('2026-11-24'), lively, ['plan_ends_soon']],
    ['one whose plan ends in 30 days', ends('2026-12-24'), lively, ['plan_ends_soon']],
    ['one whose plan ends in 31 days', ends('2026-12-25'), lively, undefined],
    ['one whose admin has not come yet', organization(), none, ['no_admin']],
    [
      'one whose last active admin is gone',
      organization(),
      { ...lively, members: [admin('deactivated')] },
      ['no_admin'],
    ],
    ['one that nobody has used for 14 days', organization(), quiet, ['no_activity']],
    [
      'one with an invitation of eight days ago',
      organization(),
      waiting('2026-11-16'),
      ['invitations_waiting'],
    ],
    ['one with an invitation of seven days ago', organization(), waiting('2026-11-17'), undefined],
    [
      'one with more teams than leaders who are active, and with quiet KPIs',
      organization(),
      {
        ...lively,
        members: [admin('active'), leader('active'), leader('deactivated')],
        teams: 2,
        quietKpis: 1,
      },
      ['teams_without_leader', 'kpis_quiet'],
    ],
    [
      'one whose only team is led',
      organization(),
      { ...lively, members: [admin('active'), leader('active')], teams: 1 },
      undefined,
    ],
    [
      'a new one that nobody has used',
      organization({ createdAt: '2026-11-20T09:00:00.000Z' }),
      { ...quiet, activity: new Map() },
      undefined,
    ],
  ])('is %s, or isn’t', (_, one, facts, reasons) => {
    expect(attentionOf(one, figuresOf(facts, date, closing))?.reasons).toEqual(reasons);
  });
});

describe('a KPI', () => {
  const kpi = { period: { start: '2026-01-01', end: '2026-12-31' }, createdAt: '2026-01-02T09:00:00.000Z' };
  it.each([
    ['a value of 31 days ago', true, { ...kpi, latest: { at: '2026-10-24T23:00:00.000Z' } }],
    ['a value of 30 days ago', false, { ...kpi, latest: { at: '2026-10-25T01:00:00.000Z' } }],
    ['no value since it was created long ago', true, { ...kpi, latest: null }],
    ['no value, created of late', false, { ...kpi, createdAt: '2026-11-01T09:00:00.000Z', latest: null }],
    ['a period that is over', false, { ...kpi, period: { ...kpi.period, end: '2026-11-23' }, latest: null }],
  ])('with %s is quiet: %s', (_, expected, one) => {
    expect(isQuiet(one, new Date(`${date}T12:00:00.000Z`))).toBe(expected);
  });
});
