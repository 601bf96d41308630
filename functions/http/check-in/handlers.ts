import { CheckInId } from '../../../domain/ids.ts';
import type { CheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { checkInMany } from '../../../domain/kpi/check-in-many.ts';
import { correctCheckIn, undoCheckIn } from '../../../domain/kpi/correct-check-in.ts';
import { createCheckIn } from '../../../domain/kpi/create-check-in.ts';
import { findKpi } from '../../../domain/kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { withReporters } from '../../../domain/kpi/kpi-people.ts';
import { checkInsAfter, findCheckIn } from '../../../domain/kpi/list-check-ins.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { permittedKpi } from '../kpi/permitted-kpi.ts';
import { resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { checkInRoutes } from './routes.ts';

export const checkIns = ({ page }: OrganizationDependencies) =>
  resource(checkInRoutes, {
    listCheckIns: async ({ ctx, assertCan, query, params: { kpiId } }) => {
      const listed = page({
        ctx,
        route: 'listCheckIns',
        filter: kpiId,
        query,
        parse: (text) => CheckInId.parse(text),
        positionOf: ({ id }: CheckIn) => id,
        after: (position, limit) => checkInsAfter(ctx.scope, { kpiId, position, limit }),
      });
      const [{ items, nextCursor }] = await Promise.all([
        listed,
        permittedKpi({ ctx, assertCan }, kpiId, 'Kpi'),
      ]);
      return { items: await withReporters(ctx.scope, items), nextCursor };
    },
    createCheckIn: async ({ ctx, assertCan, params, body }) => {
      const kpi = await permittedKpi({ ctx, assertCan }, params.kpiId, 'Kpi');
      return await createCheckIn(ctx, { kpi, input: body });
    },
    checkInMany: ({ ctx, query: { dryRun }, body, assertCanEach }) => {
      const assertCan = assertCanEach();
      const permit = (kpi: Kpi) => assertCan(instanceOfKpi(kpi), 'Kpi');
      return checkInMany(ctx, { lines: body.checkIns, permit, dryRun });
    },
    correctCheckIn: async ({ ctx, assertCan, params: { kpiId, checkInId }, body, revision }) => {
      const [kpi, entry] = await Promise.all([
        permittedKpi({ ctx, assertCan }, kpiId, 'Kpi'),
        findCheckIn(ctx.scope, kpiId, checkInId),
      ]);
      if (entry === null) throw notFound();
      return await correctCheckIn(ctx, { kpi, entry, ...body, revision });
    },
    undoCheckIn: async ({ ctx, assertCan, params: { kpiId, checkInId }, revision }) => {
      const [kpi, entry] = await Promise.all([
        findKpi(ctx.scope, kpiId, ctx.now),
        findCheckIn(ctx.scope, kpiId, checkInId),
      ]);
      if (kpi === null || entry === null) throw notFound();
      assertCan({ ...instanceOfKpi(kpi), userId: entry.by }, 'Kpi');
      await undoCheckIn(ctx, { kpi, entry, revision });
      return undefined;
    },
  });
