import type * as z from 'zod/mini';
import { KpiId } from '../../../domain/ids.ts';
import { createKpi } from '../../../domain/kpi/create-kpi.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { findKpi, findKpis } from '../../../domain/kpi/find-kpi.ts';
import type { Formula } from '../../../domain/kpi/formula.schema.ts';
import { kpiRefusals } from '../../../domain/kpi/kpi.refusals.ts';
import { instanceOfKpi, type Kpi, KpiFilter, type KpiListQuery } from '../../../domain/kpi/kpi.schema.ts';
import { placeFrom, placeOf, textOfPlace } from '../../../domain/kpi/kpi-order.ts';
import { withOwners, withPeople } from '../../../domain/kpi/kpi-people.ts';
import { kpisAfter, sortedKpis } from '../../../domain/kpi/list-kpis.ts';
import { assessKpi, updateKpi, withChange } from '../../../domain/kpi/update-kpi.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { type Authorizing, resource } from '../resource.ts';
import { ConcealedRefusal, notFound } from '../steps/authorize.ts';
import { permittedKpi } from './permitted-kpi.ts';
import { kpiRoutes } from './routes.ts';

/**
 * Checks whether the caller may use these KPIs as sources of another: it requires the right to change them.
 * A KPI that they can't see counts as missing.
 */
async function assertCanUse({ ctx, assertCan }: Authorizing, formula: Formula | undefined): Promise<void> {
  if (formula === undefined) return;
  for (const source of await findKpis(ctx.scope, formula.sources, ctx.now)) {
    try {
      assertCan(instanceOfKpi(source));
    } catch (error) {
      const path = `formula.sources.${formula.sources.indexOf(source.id)}`;
      throw error instanceof ConcealedRefusal ? kpiRefusals.kpi_source_not_found({}, { path }) : error;
    }
  }
}

/** A computed KPI with the sources that the caller may see. */
async function withSources({ ctx, assertCan }: Authorizing, kpi: Kpi): Promise<Kpi> {
  if (kpi.formula === undefined) return kpi;
  const { sources: ids } = kpi.formula;
  const sources = (await findKpis(ctx.scope, ids, ctx.now)).filter((source) => {
    try {
      assertCan(instanceOfKpi(source));
      return true;
    } catch {
      return false;
    }
  });
  const shown = sources.map(({ id, name, unit, latest }) => ({
    id,
    name,
    unit,
    value: latest?.value ?? null,
  }));
  return { ...kpi, sources: shown.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)) };
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
      await assertCanUse({ ctx, assertCan }, body.formula);
      const { plan } = organization.subscription;
      return await createKpi(ctx, { input: body, plan });
    },
    getKpi: async ({ ctx, assertCan, params }) => {
      const kpi = await permittedKpi({ ctx, assertCan }, params.kpiId);
      return await withSources({ ctx, assertCan }, await withPeople(ctx.scope, kpi));
    },
    updateKpi: async ({ ctx, assertCan, params, body, revision }) => {
      const before = await permittedKpi({ ctx, assertCan }, params.kpiId);
      const after = withChange(before, body);
      // The right to change a KPI doesn't always include giving it to another owner.
      assertCan(instanceOfKpi(after));
      if (body.formula !== undefined || body.owner !== undefined)
        await assertCanUse({ ctx, assertCan }, after.formula);
      return await updateKpi(ctx, { before, after, revision });
    },
    assessKpi: async ({ ctx, assertCan, params, body }) => {
      const kpi = await findKpi(ctx.scope, params.kpiId, ctx.now);
      if (kpi === null) throw notFound();
      assertCan(instanceOfKpi(kpi), 'Kpi');
      return await withPeople(ctx.scope, await assessKpi(ctx, { kpi, input: body }));
    },
    deleteKpi: async ({ ctx, assertCan, params, revision }) => {
      const kpi = await permittedKpi({ ctx, assertCan }, params.kpiId);
      await deleteKpi(ctx, { kpi, revision });
      return undefined;
    },
  });
