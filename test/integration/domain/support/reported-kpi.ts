import { correctCheckIn, undoCheckIn } from '../../../../domain/kpi/correct-check-in.ts';
import { requireKpi } from '../../../../domain/kpi/find-kpi.ts';
import { KpiItem } from '../../../../domain/kpi/kpi.noun.ts';
import { checkInsAfter, findCheckIn } from '../../../../domain/kpi/list-check-ins.ts';
import { entityOf } from '../../../../domain/table/entity.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import { now } from './founding.ts';
import { create, newKpi, report } from './kpis.ts';
import { organizationOf } from './people.ts';

export const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** A KPI in a separate organization, with its owner's operations. */
export async function reportedKpi(plane: ControlPlane, name: string) {
  const { scope, actor, admin } = await organizationOf(plane, name);
  const { id } = await create(scope, actor, newKpi({ kind: 'user', userId: admin }));
  const history = () => checkInsAfter(scope, { kpiId: id, position: undefined, limit: 1000 });
  return {
    scope,
    actor,
    id,
    history,
    report: (value: number, at?: Date, made = now) =>
      report(scope, actor, id, { value, made, ...(at === undefined ? {} : { at }) }),
    read: () => requireKpi(scope, id, now),
    async correct(checkInId: Awaited<ReturnType<typeof report>>['id'], value: number) {
      const [kpi, entry] = await Promise.all([requireKpi(scope, id, now), findCheckIn(scope, id, checkInId)]);
      if (entry === null) throw new Error('the check-in is not there');
      const { revision } = entry;
      return await correctCheckIn({ scope, actor, now }, { kpi, entry, value, revision });
    },
    async undo(checkInId: Awaited<ReturnType<typeof report>>['id'], { by = actor, at = now } = {}) {
      const [kpi, entry] = await Promise.all([requireKpi(scope, id, now), findCheckIn(scope, id, checkInId)]);
      if (entry === null) throw new Error('the check-in is not there');
      await undoCheckIn({ scope, actor: by, now: at }, { kpi, entry, revision: entry.revision });
    },
    /** As an older version left it. */
    async forgetRecent() {
      const { organizationId, client, table } = scope;
      await entityOf(KpiItem).patch({ organizationId, kpiId: id }).remove(['recent']).go({ client, table });
    },
  };
}

/** What a KPI stores about its check-ins. */
export const lastOf = (history: Awaited<ReturnType<typeof checkInsAfter>>) =>
  [...history]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(-12)
    .map(({ id, value, at }) => ({ checkInId: id, value, at }));
