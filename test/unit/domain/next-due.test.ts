import { describe, expect, it } from 'vitest';
import { newCheckInId, newKpiId, OrganizationId, UserId } from '../../../domain/ids.ts';
import { isDue, nextDue } from '../../../domain/kpi/due.schema.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';

const now = new Date('2026-07-02T12:00:00.000Z');
const userId = UserId.parse('user_1');
const kpi: Kpi = {
  id: newKpiId(now),
  organizationId: OrganizationId.parse('org_01ARZ3NDEKTSV4RRFFQ69G5FAV'),
  name: 'Beds ready',
  unit: '%',
  direction: 'up',
  baseline: 0,
  target: 100,
  period: { start: '2026-01-01', end: '2026-07-02' },
  owner: { kind: 'user', userId },
  assigneeIds: [],
  createdBy: userId,
  status: 'no_data',
  progress: null,
  latest: null,
  revision: 1,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
};
const reported = (at: string): Kpi => ({
  ...kpi,
  latest: { value: 1, at, checkInId: newCheckInId(new Date(at), now) },
});

describe('the next value of a KPI', () => {
  it('is due a week after the last one, to the moment', () => {
    const one = reported('2026-06-25T12:00:00.000Z');
    expect(nextDue(one, now)).toBe(now.toISOString());
    expect(isDue(one, now)).toBe(false);
    expect(isDue(one, new Date(now.getTime() + 1))).toBe(true);
  });

  it('is due when the period begins, where there is none, or one of before', () => {
    expect(nextDue(kpi, now)).toBe('2026-01-01T00:00:00.000Z');
    expect(nextDue(reported('2025-12-20T00:00:00.000Z'), now)).toBe('2026-01-01T00:00:00.000Z');
  });

  it('is not due any more the day after the period', () => {
    expect(nextDue(kpi, new Date('2026-07-02T23:59:59.999Z'))).not.toBeNull();
    expect(nextDue(kpi, new Date('2026-07-03T00:00:00.000Z'))).toBeNull();
  });
});
