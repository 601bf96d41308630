import { KpiId } from '../../../domain/ids.ts';
import { instanceOfKpi, type Kpi, type KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { findKpi } from '../../../domain/kpi/kpi.service.ts';
import { createKpi, deleteKpi, updateKpi, withChange } from '../../../domain/kpi/kpi-change.service.ts';
import { kpisAfter } from '../../../domain/kpi/kpi-list.service.ts';
import type { Exchange } from '../exchange.ts';
import { actorOf, noun, revisionOf, tenantOf } from '../noun.ts';
import type { OrganizationParts } from '../parts.ts';
import { permit, unseen } from '../permit.ts';
import { kpiRoutes } from '../routes/kpis.routes.ts';

/** The KPI of the path, if the caller may do to it what the route does. */
async function permittedKpi(exchange: Exchange, kpiId: KpiId, now: Date): Promise<Kpi> {
  const kpi = await findKpi(tenantOf(exchange).scope, kpiId, now);
  if (kpi === null) throw unseen();
  permit(exchange, instanceOfKpi(kpi));
  return kpi;
}

const filterOf = ({ teamId, assigneeId, status }: KpiFilter): KpiFilter => ({
  ...(teamId === undefined ? {} : { teamId }),
  ...(assigneeId === undefined ? {} : { assigneeId }),
  ...(status === undefined ? {} : { status }),
});

/** An organization's KPIs. */
export const kpis = ({ page }: OrganizationParts) =>
  noun(kpiRoutes, {
    listKpis: ({ query, now, exchange, params }) => {
      const filter = filterOf(query);
      return page({
        use: {
          viewer: actorOf(exchange).by,
          organizationId: params.organizationId,
          route: 'listKpis',
          filter: JSON.stringify(filter),
        },
        query,
        now,
        parse: (text) => KpiId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) => {
          const { scope, member } = tenantOf(exchange);
          return kpisAfter(scope, { member, filter, position, limit }, now);
        },
      });
    },
    createKpi: ({ body, now, exchange }) => {
      permit(exchange, instanceOfKpi(body));
      const { scope, organization } = tenantOf(exchange);
      const { plan } = organization.subscription;
      return createKpi(scope, actorOf(exchange), { input: body, plan }, now);
    },
    getKpi: ({ params, now, exchange }) => permittedKpi(exchange, params.kpiId, now),
    updateKpi: async ({ params, body, now, exchange }) => {
      const before = await permittedKpi(exchange, params.kpiId, now);
      const after = withChange(before, body);
      // Who may change it may not always give it away.
      permit(exchange, instanceOfKpi(after));
      const change = { before, after, revision: revisionOf(exchange) };
      return updateKpi(tenantOf(exchange).scope, actorOf(exchange), change, now);
    },
    deleteKpi: async ({ params, now, exchange }) => {
      const kpi = await permittedKpi(exchange, params.kpiId, now);
      const { scope } = tenantOf(exchange);
      await deleteKpi(scope, actorOf(exchange), { kpi, revision: revisionOf(exchange) }, now);
      return undefined;
    },
  });
