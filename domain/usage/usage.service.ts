import { happened } from '../table/conditional.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { gatherFacts } from './facts.service.ts';
import { figuresOf } from './figures.ts';
import { UsageItem } from './usage.noun.ts';
import { UsageSnapshot } from './usage.schema.ts';

/**
 * Keeps a day's figures and answers those that stand: figures that are final stay, unless a later version of the definitions
 * computes them anew.
 */
export async function keepSnapshot(
  scope: OrganizationScope,
  snapshot: UsageSnapshot,
): Promise<UsageSnapshot> {
  const { organizationId, client, table } = scope;
  const { lastActiveOn, activeAdmins, health, ...rest } = snapshot;
  const { date, definition } = rest;
  const known = {
    ...(lastActiveOn === undefined ? {} : { lastActiveOn }),
    ...(activeAdmins === undefined ? {} : { activeAdmins }),
    ...(health === undefined ? {} : { health }),
  };
  const kept = await happened(
    entityOf(UsageItem)
      .put({ organizationId, ...rest, ...known })
      .where(
        (item, { eq, lt, notExists }) =>
          `${notExists(item.final)} OR ${eq(item.final, false)} OR ${lt(item.definition, definition)}`,
      )
      .go({ client, table }),
  );
  if (kept) return snapshot;
  const { data } = await entityOf(UsageItem)
    .get({ organizationId, date })
    .go({ client, table, consistent: true });
  return UsageSnapshot.parse(data);
}

/** Computes an organization's figures for a day (UTC) from what is there now, and keeps them: see `figuresOf`. */
export async function takeSnapshot(
  scope: OrganizationScope,
  date: string,
  now: Date,
): Promise<UsageSnapshot> {
  return await keepSnapshot(scope, figuresOf(await gatherFacts(scope, date, now), date, now));
}

/**
 * Snapshots from the first to the last day given (both inclusive), oldest first. Of a day that was computed by a definition
 * with other figures there is none.
 */
export async function snapshotsBetween(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<UsageSnapshot[]> {
  const { data } = await entityOf(UsageItem)
    .query.primary({ organizationId })
    .between({ date: from }, { date: to })
    .go({ client, table, pages: 'all' });
  return data.flatMap((item) => UsageSnapshot.safeParse(item).data ?? []);
}
