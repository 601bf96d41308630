import { KpiId } from '../../../domain/ids.ts';
import { createKpi } from '../../../domain/kpi/create-kpi.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { findKpi } from '../../../domain/kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi, type KpiFilter } from '../../../domain/kpi/kpi.schema.ts';
import { kpisAfter } from '../../../domain/kpi/list-kpis.ts';
import { updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { type Authorizing, resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { kpiRoutes } from './routes.ts';

/** The KPI of the path, if the caller may do to it what the route does. */
async function permittedKpi({ ctx: { scope, now }, assertCan }: Authorizing, kpiId: KpiId): Promise<Kpi> {
  const kpi = await findKpi(scope, kpiId, now);
  if (kpi === null) throw notFound();
  assertCan(instanceOfKpi(kpi));
  return kpi;
}

const filterOf = ({ teamId, assigneeId, status }: KpiFilter): KpiFilter => ({
  ...(teamId === undefined ? {} : { teamId }),
  ...(assigneeId === undefined ? {} : { assigneeId }),
  ...(status === undefined ? {} : { status }),
});

/** An organization's KPIs. */
export const kpis = ({ page }: OrganizationDependencies) =>
  resource(kpiRoutes, {
    listKpis: ({ ctx, member, query }) => {
      const filter = filterOf(query);
      return page({
        ctx,
        route: 'listKpis',
        filter: JSON.stringify(filter),
        query,
        parse: (text) => KpiId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) => kpisAfter(ctx.scope, { member, filter, position, limit }, ctx.now),
      });
    },
    createKpi: async ({ ctx, organization, assertCan, body }) => {
      assertCan(instanceOfKpi(body));
      const { plan } = organization.subscription;
      return await createKpi(ctx, { input: body, plan });
    },
    getKpi: ({ ctx, assertCan, params }) => permittedKpi({ ctx, assertCan }, params.kpiId),
    updateKpi: async ({ ctx, assertCan, params, body, revision }) => {
      const before = await permittedKpi({ ctx, assertCan }, params.kpiId);
      const after = withChange(before, body);
      // Who may change it may not always give it away.
      assertCan(instanceOfKpi(after));
      return await updateKpi(ctx, { before, after, revision });
    },
    deleteKpi: async ({ ctx, assertCan, params, revision }) => {
      const kpi = await permittedKpi({ ctx, assertCan }, params.kpiId);
      await deleteKpi(ctx, { kpi, revision });
      return undefined;
    },
  });
