import { CheckInId, type KpiId } from '../../../domain/ids.ts';
import { checkIn, checkInsAfter, correctCheckIn, findCheckIn } from '../../../domain/kpi/check-in.service.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { findKpi } from '../../../domain/kpi/kpi.service.ts';
import type { Exchange } from '../exchange.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { permit, unseen } from '../permit.ts';
import { checkInRoutes } from '../routes/kpis.routes.ts';

/** The KPI of the path, if the caller may do to its check-ins what the route does. Who sees the KPI sees that it has some. */
async function permittedKpi(exchange: Exchange, kpiId: KpiId, now: Date): Promise<Kpi> {
  const kpi = await findKpi(tenantOf(exchange).scope, kpiId, now);
  if (kpi === null) throw unseen();
  permit(exchange, instanceOfKpi(kpi), 'Kpi');
  return kpi;
}

/** The check-ins of an organization's KPIs. */
export const checkIns = ({ page }: OrganizationParts) =>
  noun(checkInRoutes, {
    listCheckIns: async ({ query, now, exchange, params: { organizationId, kpiId } }) => {
      await permittedKpi(exchange, kpiId, now);
      return await page({
        use: { viewer: actorOf(exchange).by, organizationId, route: 'listCheckIns', filter: kpiId },
        query,
        now,
        parse: (text) => CheckInId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) => checkInsAfter(tenantOf(exchange).scope, { kpiId, position, limit }),
      });
    },
    createCheckIn: async ({ params, body, now, exchange }) => {
      const kpi = await permittedKpi(exchange, params.kpiId, now);
      return await checkIn(tenantOf(exchange).scope, actorOf(exchange), { kpi, input: body }, now);
    },
    correctCheckIn: async ({ params: { kpiId, checkInId }, body, now, exchange }) => {
      const { scope } = tenantOf(exchange);
      const [kpi, entry] = await Promise.all([
        permittedKpi(exchange, kpiId, now),
        findCheckIn(scope, kpiId, checkInId),
      ]);
      if (entry === null) throw unseen();
      const correction = { kpi, entry, change: body, revision: revisionOf(exchange) };
      return await correctCheckIn(scope, actorOf(exchange), correction, now);
    },
  });
