import type { OrganizationId } from '../ids.ts';
import { auditShards } from '../table/layout.ts';
import { type ControlPlane, platformScope } from '../table/scope.ts';
import { namesOf } from '../user/names.service.ts';
import { AuditEntity } from './audit.entity.ts';
import type { ShownAuditEntry } from './audit.schema.ts';
import { shown } from './shown-entry.ts';
import { bounds, downwards, matching, type PlacedEntry, stretchOf } from './stored-entries.ts';
import { type TrailQuery, walkOf } from './trail.service.ts';
import { type Found, type Trail, walkDown } from './walk.ts';

/**
 * The entries of all organizations and of the platform itself, newest first, day by day. Costs a round trip of eight Queries
 * (two days of four shards) and one for the names, which are those of the platform's own people: the control plane can't read
 * the members of organizations.
 */
export async function auditFeed(
  plane: ControlPlane,
  query: TrailQuery & { readonly organizationId?: OrganizationId | undefined },
): Promise<Found<ShownAuditEntry>> {
  const { client, table } = plane;
  const walk = walkOf(query);
  const trail: Trail<PlacedEntry> = {
    periodLength: 10,
    lanes: auditShards,
    async read({ period: day, lane: shard }, before, most) {
      const range = { since: walk.since, before };
      const { data } = await AuditEntity.query
        .feed({ day, shard })
        .between(...bounds(range))
        .where(matching(query.filter, query.organizationId))
        .go({ client, table, ...downwards(most) });
      return stretchOf(data, range);
    },
  };
  const sparse = query.organizationId === undefined ? walk.sparseness : 5;
  const { entries, next } = await walkDown(trail, { ...walk, sparseness: sparse });
  const names = await namesOf(
    platformScope(plane),
    entries.map(({ userId }) => userId),
  );
  return { entries: entries.map((entry) => shown(entry, names)), next };
}
