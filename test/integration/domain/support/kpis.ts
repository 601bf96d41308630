import type { Actor } from '../../../../domain/actor.ts';
import type { KpiId } from '../../../../domain/ids.ts';
import { createCheckIn } from '../../../../domain/kpi/create-check-in.ts';
import { createKpi } from '../../../../domain/kpi/create-kpi.ts';
import { requireKpi } from '../../../../domain/kpi/find-kpi.ts';
import type { KpiOwner, NewKpi } from '../../../../domain/kpi/kpi.schema.ts';
import type { OrganizationScope } from '../../../../domain/table/scope.ts';
import { now } from './founding.ts';

/** The input for a KPI: from 0 to 100 in the year of the tests. */
export const newKpi = (owner: KpiOwner, rest: Partial<NewKpi> = {}): NewKpi => ({
  name: 'On-time deliveries',
  unit: '%',
  direction: 'up',
  baseline: 0,
  target: 100,
  period: { start: '2026-01-01', end: '2026-12-31' },
  owner,
  assigneeIds: [],
  ...rest,
});

/** Creates a KPI, on a sufficient plan. */
export const create = (scope: OrganizationScope, actor: Actor, input: NewKpi, at = now) =>
  createKpi({ scope, actor, now: at }, { input, plan: 'enterprise' });

/** Reports a value on a KPI with its current revision; created at `made`, for `at`. */
export async function report(
  scope: OrganizationScope,
  actor: Actor,
  kpiId: KpiId,
  { value, at, made = now }: { value: number; at?: Date; made?: Date },
) {
  const kpi = await requireKpi(scope, kpiId, made);
  const input = { value, ...(at === undefined ? {} : { at: at.toISOString() }) };
  return await createCheckIn({ scope, actor, now: made }, { kpi, input });
}
