import { CheckInId, type KpiId } from '../../../domain/ids.ts';
import { correctCheckIn } from '../../../domain/kpi/correct-check-in.ts';
import { createCheckIn } from '../../../domain/kpi/create-check-in.ts';
import { findKpi } from '../../../domain/kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { checkInsAfter, findCheckIn } from '../../../domain/kpi/list-check-ins.ts';
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
      return await createCheckIn(ctx, { kpi, input: body });
    },
    correctCheckIn: async ({ ctx, assertCan, params: { kpiId, checkInId }, body, revision }) => {
      const [kpi, entry] = await Promise.all([
        permittedKpi({ ctx, assertCan }, kpiId),
        findCheckIn(ctx.scope, kpiId, checkInId),
      ]);
      if (entry === null) throw notFound();
      return await correctCheckIn(ctx, { kpi, entry, ...body, revision });
    },
  });
