import { KpiId } from '../../../domain/ids.ts';
import { createInitiative } from '../../../domain/initiative/create-initiative.ts';
import { deleteInitiative } from '../../../domain/initiative/delete-initiative.ts';
import { type Initiative, InitiativeId } from '../../../domain/initiative/initiative.schema.ts';
import {
  findInitiative,
  initiativesOfKpi,
  initiativesOfTeam,
  namesOfOwners,
  type StoredInitiative,
  showInitiative,
  showInitiatives,
} from '../../../domain/initiative/list-initiatives.ts';
import { updateInitiative } from '../../../domain/initiative/update-initiative.ts';
import { findKpi } from '../../../domain/kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { updatedByOf } from '../../../domain/table/change-stamp.ts';
import { requireTeam } from '../../../domain/team/find-team.ts';
import type { OrganizationDependencies } from '../dependencies.ts';
import { permittedKpi } from '../kpi/permitted-kpi.ts';
import { type Authorizing, resource } from '../resource.ts';
import { notFound } from '../steps/authorize.ts';
import { initiativeRoutes } from './routes.ts';

/** The initiative in the path and its KPI, if the caller may do this to it. */
async function permitted(
  { ctx: { scope, now }, assertCan }: Authorizing,
  { kpiId, initiativeId }: { readonly kpiId: KpiId; readonly initiativeId: InitiativeId },
): Promise<{ readonly kpi: Kpi; readonly stored: StoredInitiative }> {
  const [kpi, stored] = await Promise.all([
    findKpi(scope, kpiId, now),
    findInitiative(scope, { kpiId, initiativeId }),
  ]);
  if (kpi === null || stored === null) throw notFound();
  assertCan({ ...instanceOfKpi(kpi), userId: stored.ownerId });
  return { kpi, stored };
}

/** Initiatives: what teams do to move their KPIs. */
export const initiatives = ({ page }: OrganizationDependencies) =>
  resource(initiativeRoutes, {
    listInitiatives: async ({ ctx, assertCan, query, params: { kpiId } }) => {
      const listed = page({
        ctx,
        route: 'listInitiatives',
        filter: kpiId,
        query,
        parse: (text) => InitiativeId.parse(text),
        positionOf: ({ initiativeId }: StoredInitiative) => initiativeId,
        after: (position, limit) => initiativesOfKpi(ctx.scope, { id: kpiId }, { position, limit }),
      });
      const [{ items, nextCursor }, kpi] = await Promise.all([
        listed,
        permittedKpi({ ctx, assertCan }, kpiId),
      ]);
      const names = await namesOfOwners(ctx.scope, items);
      return { items: showInitiatives(items, () => kpi, names), nextCursor };
    },
    listTeamInitiatives: async ({ ctx, assertCan, query, params: { teamId } }) => {
      assertCan({ teamId });
      const listed = page({
        ctx,
        route: 'listTeamInitiatives',
        filter: teamId,
        query,
        parse: (text) => {
          const [kpiId, initiativeId] = text.split('/');
          return { kpiId: KpiId.parse(kpiId), initiativeId: InitiativeId.parse(initiativeId) };
        },
        positionOf: ({ kpiId, id }: Initiative) => `${kpiId}/${id}`,
        after: (position, limit) => initiativesOfTeam(ctx.scope, teamId, { position, limit }, ctx.now),
      });
      const [found] = await Promise.all([listed, requireTeam(ctx.scope, teamId)]);
      return found;
    },
    createInitiative: async ({ ctx, assertCan, params, body }) => {
      const kpi = await permittedKpi({ ctx, assertCan }, params.kpiId);
      return await createInitiative(ctx, { kpi, input: body });
    },
    getInitiative: async ({ ctx, assertCan, params }) => {
      const { kpi, stored } = await permitted({ ctx, assertCan }, params);
      return { ...showInitiative(stored, kpi), updatedBy: updatedByOf(stored) };
    },
    updateInitiative: async ({ ctx, assertCan, params, body, revision }) => {
      const { kpi, stored } = await permitted({ ctx, assertCan }, params);
      return await updateInitiative(ctx, showInitiative(stored, kpi), { ...body, revision });
    },
    deleteInitiative: async ({ ctx, assertCan, params, revision }) => {
      const { stored } = await permitted({ ctx, assertCan }, params);
      await deleteInitiative(ctx, stored, { revision });
      return undefined;
    },
  });
