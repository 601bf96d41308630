import type * as z from 'zod/mini';
import { KpiId } from '../../../domain/ids.ts';
import { createKpi } from '../../../domain/kpi/create-kpi.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { findKpi } from '../../../domain/kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi, KpiFilter, type KpiListQuery } from '../../../domain/kpi/kpi.schema.ts';
import { placeFrom, placeOf, textOfPlace } from '../../../domain/kpi/kpi-order.ts';
import { withOwners, withPeople } from '../../../domain/kpi/kpi-people.ts';
import { kpisAfter, sortedKpis } from '../../../domain/kpi/list-kpis.ts';
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

const named = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const filterOf = ({
  cursor: _,
  limit: __,
  sort: ___,
  direction: ____,
  ...filter
}: z.output<typeof KpiListQuery>) => KpiFilter.parse(named(filter));

/** An organization's KPIs. */
export const kpis = ({ page }: OrganizationDependencies) =>
  resource(kpiRoutes, {
    listKpis: async ({ ctx, member, query }) => {
      const filter = filterOf(query);
      const { direction, sort = filter.search === undefined ? undefined : 'name' } = query;
      const { scope, now } = ctx;
      const list = { ctx, route: 'listKpis', query };
      const { items, nextCursor } = await (sort === undefined
        ? page({
            ...list,
            filter: JSON.stringify(filter),
            parse: (text) => KpiId.parse(text),
            positionOf: ({ id }: Kpi) => id,
            after: (position, limit) => kpisAfter(scope, { member, filter, position, limit }, now),
          })
        : page({
            ...list,
            filter: JSON.stringify({ filter, sort, direction }),
            parse: placeFrom,
            positionOf: (kpi: Kpi) => textOfPlace(placeOf(kpi, sort, now)),
            after: (after, limit) =>
              sortedKpis(scope, { member, filter, sort, direction, after, limit }, now),
          }));
      return { items: await withOwners(scope, items), nextCursor };
    },
    createKpi: async ({ ctx, organization, assertCan, body }) => {
      assertCan(instanceOfKpi(body));
      const { plan } = organization.subscription;
      return await createKpi(ctx, { input: body, plan });
    },
    getKpi: async ({ ctx, assertCan, params }) =>
      await withPeople(ctx.scope, await permittedKpi({ ctx, assertCan }, params.kpiId)),
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
