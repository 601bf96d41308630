import { CheckInId, type KpiId } from '../../../domain/ids.ts';
import { checkIn, checkInsAfter, correctCheckIn, findCheckIn } from '../../../domain/kpi/check-in.service.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { findKpi } from '../../../domain/kpi/kpi.service.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { type Authorizing, resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { checkInRoutes } from './routes.ts';

/**
 * The KPI of the path, if the caller may do to its check-ins what the route does. Who sees the KPI sees that
 * it has some.
 */
async function permittedKpi({ ctx: { scope, now }, assertCan }: Authorizing, kpiId: KpiId): Promise<Kpi> {
  const kpi = await findKpi(scope, kpiId, now);
  if (kpi === null) throw notFound();
  assertCan(instanceOfKpi(kpi), 'Kpi');
  return kpi;
}

/** The check-ins of an organization's KPIs. */
export const checkIns = ({ page }: OrganizationDependencies) =>
  resource(checkInRoutes, {
    listCheckIns: async ({ ctx, assertCan, query, params: { kpiId } }) => {
      await permittedKpi({ ctx, assertCan }, kpiId);
      return await page({
        ctx,
        route: 'listCheckIns',
        filter: kpiId,
        query,
        parse: (text) => CheckInId.parse(text),
        positionOf: ({ id }) => id,
        after: (position, limit) => checkInsAfter(ctx.scope, { kpiId, position, limit }),
      });
    },
    createCheckIn: async ({ ctx, assertCan, params, body }) => {
      const kpi = await permittedKpi({ ctx, assertCan }, params.kpiId);
      return await checkIn(ctx.scope, ctx.actor, { kpi, input: body }, ctx.now);
    },
    correctCheckIn: async ({ ctx, assertCan, params: { kpiId, checkInId }, body, revision }) => {
      const [kpi, entry] = await Promise.all([
        permittedKpi({ ctx, assertCan }, kpiId),
        findCheckIn(ctx.scope, kpiId, checkInId),
      ]);
      if (entry === null) throw notFound();
      return await correctCheckIn(ctx.scope, ctx.actor, { kpi, entry, change: body, revision }, ctx.now);
    },
  });
