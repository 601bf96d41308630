import { type OrganizationId, PLATFORM } from '../ids.ts';
import { namesOf } from '../organization/directory-rows.service.ts';
import { entityOf } from '../table/entity.ts';
import { auditShards } from '../table/layout.ts';
import type { ControlPlane } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { FeedAuditEntry } from './audit.schema.ts';
import { shown } from './shown-entry.ts';
import { bounds, downwards, matching, type PlacedEntry, stretchOf } from './stored-entries.ts';
import { type TrailQuery, walkOf } from './trail.service.ts';
import { type Found, type Trail, walkDown } from './walk.ts';

/**
 * The entries of all organizations and of the platform itself, newest first. Costs a round trip of eight Queries (this month and
 * the one before, of four shards), each for its share of the page, and one that reads the organizations' names; one more when those
 * Queries hold too little.
 */
export async function auditFeed(
  plane: ControlPlane,
  query: TrailQuery & { readonly organizationId?: OrganizationId | undefined },
): Promise<Found<FeedAuditEntry>> {
  const { client, table } = plane;
  const walk = walkOf(query);
  const trail: Trail<PlacedEntry> = {
    lanes: auditShards,
    async read({ month, lane: shard }, before, most) {
      const range = { since: walk.since, before };
      const { data } = await entityOf(AuditItem)
        .query.feed({ month, shard })
        .between(...bounds(range))
        .where(matching(query.filter, query.organizationId))
        .go({ client, table, ...downwards(most) });
      return stretchOf(data, range);
    },
  };
  const sparse = walk.sparse || query.organizationId !== undefined;
  const { entries, next } = await walkDown(trail, { ...walk, sparse });
  const ids = entries.map(({ organizationId }) => organizationId).filter((id) => id !== PLATFORM);
  const names = await namesOf(plane, ids);
  const named = (entry: PlacedEntry) => ({
    ...shown(entry),
    organizationName: names.get(entry.organizationId) ?? null,
  });
  return { entries: entries.map(named), next };
}
