import type { KpiId, TeamId } from '../ids.ts';
import { findKpis } from '../kpi/find-kpi.ts';
import { type Kpi, teamOf } from '../kpi/kpi.schema.ts';
import { namesOf } from '../kpi/kpi-people.ts';
import { entityOf, type KeyOf, type Stored } from '../table/entity.ts';
import { placesOf } from '../table/query.ts';
import { consistently, find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { InitiativeItem } from './initiative.noun.ts';
import { Initiative, type InitiativeId } from './initiative.schema.ts';

/** An initiative, as stored. */
export type StoredInitiative = Stored<typeof InitiativeItem>;

/** An initiative as the API shows it, with its KPI's current owner. */
export const showInitiative = ({ initiativeId, ...stored }: StoredInitiative, kpi: Kpi): Initiative =>
  Initiative.parse({ ...stored, id: initiativeId, kpiName: kpi.name, teamId: teamOf(kpi) });

/** Initiatives as the API lists them, with owners' names; those whose KPI wasn't requested are omitted. */
export const showInitiatives = (
  initiatives: readonly StoredInitiative[],
  kpiOf: (id: KpiId) => Kpi | undefined,
  names: ReadonlyMap<string, string>,
): Initiative[] =>
  initiatives.flatMap((stored) => {
    const [kpi, ownerName] = [kpiOf(stored.kpiId), names.get(stored.ownerId)];
    if (kpi === undefined) return [];
    return [{ ...showInitiative(stored, kpi), ...(ownerName === undefined ? {} : { ownerName }) }];
  });

/** The names of the owners who are still members. */
export const namesOfOwners = (scope: OrganizationScope, initiatives: readonly StoredInitiative[]) =>
  namesOf(
    scope,
    initiatives.map(({ ownerId }) => ownerId),
  );

/** Reads an initiative as it is now, or null. */
export const findInitiative = (
  scope: OrganizationScope,
  { kpiId, initiativeId }: KeyOf<typeof InitiativeItem>,
): Promise<StoredInitiative | null> => find(scope, InitiativeItem, { kpiId, initiativeId });

interface Part<Position> {
  readonly position: Position | undefined;
  readonly limit: number;
}

const { primary, byHolder } = placesOf(entityOf(InitiativeItem)).byAccessPattern;

/** A KPI's initiatives, newest first, after `position`; at most `limit`. */
export async function initiativesOfKpi(
  scope: OrganizationScope,
  { id: kpiId }: Pick<Kpi, 'id'>,
  { position, limit }: Part<InitiativeId>,
): Promise<StoredInitiative[]> {
  const { organizationId } = scope;
  const cursor =
    position === undefined
      ? null
      : primary.fromComposite.toCursor({ organizationId, kpiId, initiativeId: position });
  const { data } = await entityOf(InitiativeItem)
    .query.primary({ organizationId, kpiId })
    .go({ ...consistently(scope), limit, pages: 1, order: 'desc', cursor });
  return data;
}

/** An initiative's position among a team's. */
export interface InitiativePosition {
  readonly kpiId: KpiId;
  readonly initiativeId: InitiativeId;
}

/**
 * The initiatives on a team's KPIs, newest first, after `position`; at most `limit`. The index may lag:
 * initiatives of a KPI that was deleted or moved are omitted.
 */
export async function initiativesOfTeam(
  scope: OrganizationScope,
  teamId: TeamId,
  { position, limit }: Part<InitiativePosition>,
  now: Date,
): Promise<Initiative[]> {
  const { organizationId, client, table } = scope;
  const holder = `team#${teamId}`;
  const found: Initiative[] = [];
  let from = position;
  do {
    const cursor =
      from === undefined ? null : byHolder.fromComposite.toCursor({ organizationId, holder, ...from });
    const { data } = await entityOf(InitiativeItem)
      .query.byHolder({ organizationId, holder })
      .go({ client, table, limit, pages: 1, order: 'desc', cursor });
    const [kpis, names] = await Promise.all([kpisOf(scope, data, now), namesOfOwners(scope, data)]);
    const ofTeam = (id: KpiId) => [kpis.get(id)].find((kpi) => kpi !== undefined && teamOf(kpi) === teamId);
    found.push(...showInitiatives(data, ofTeam, names));
    const last = data.length < limit ? undefined : data.at(-1);
    from = last && { kpiId: last.kpiId, initiativeId: last.initiativeId };
  } while (from !== undefined && found.length < limit);
  return found.slice(0, limit);
}

async function kpisOf(
  scope: OrganizationScope,
  initiatives: readonly StoredInitiative[],
  now: Date,
): Promise<ReadonlyMap<KpiId, Kpi>> {
  const ids = [...new Set(initiatives.map(({ kpiId }) => kpiId))];
  const kpis = ids.length === 0 ? [] : await findKpis(scope, ids, now);
  return new Map(kpis.map((kpi) => [kpi.id, kpi]));
}
