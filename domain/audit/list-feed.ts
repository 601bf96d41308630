import { type OrganizationId, PLATFORM } from '../ids.ts';
import { findNames } from '../organization/directory-row.ts';
import { entityOf } from '../table/entity.ts';
import { auditShards } from '../table/layout.ts';
import type { ControlPlane } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { FeedAuditEntry } from './audit.schema.ts';
import { pagingOf, type TrailQuery } from './list-trail.ts';
import { type Found, paginate, type Trail } from './paginate-trail.ts';
import { showEntry } from './show-entry.ts';
import { batchOf, bounds, downwards, matching, type PlacedEntry } from './stored-entries.ts';

/** What is the platform's business: what a customer is, what it pays for, and who of the platform was in. */
const platformsNouns = ['organization.', 'subscription.', 'support-access.', 'import.', 'usage-run.'];

/** Whether the platform's people may read all of an entry without being in its organization. */
const isPlatforms = ({ organizationId, role, action }: FeedAuditEntry): boolean =>
  organizationId === PLATFORM ||
  // What they have done themselves.
  role === 'super_admin' ||
  platformsNouns.some((noun) => action.startsWith(noun));

/**
 * An entry as the platform's feed shows it where its people need support access: of what happens within an
 * organization it tells that it happened, when, by whose id and to which thing, but no name and no content.
 */
function withholdDetails(entry: FeedAuditEntry): FeedAuditEntry {
  if (isPlatforms(entry)) return entry;
  const { ip: _, userAgent: __, ...kept } = entry;
  return {
    ...kept,
    actorName: null,
    details: { before: null, after: null, changed: [] },
    changes: [],
    isWithheld: true,
  };
}

/**
 * The entries of all organizations and of the platform itself, newest first. Costs a round trip of eight
 * Queries (four shards of this month and the one before), each for its share of the page, and one that reads
 * the organizations' names; one more when those Queries find too little.
 */
export async function auditFeed(
  plane: ControlPlane,
  query: TrailQuery & {
    readonly organizationId?: OrganizationId | undefined;
    /** Whether its reader needs support access to see what happens within organizations. */
    readonly isWithheld: boolean;
  },
): Promise<Found<FeedAuditEntry>> {
  const { client, table } = plane;
  const paging = pagingOf(query);
  const trail: Trail<PlacedEntry> = {
    shards: auditShards,
    async read({ month, shard }, before, most) {
      const range = { since: paging.since, before };
      const { data } = await entityOf(AuditItem)
        .query.feed({ month, shard })
        .between(...bounds(range))
        .where(matching(query.filter, query.organizationId))
        .go({ client, table, ...downwards(most) });
      return batchOf(data, range);
    },
  };
  const sparse = paging.sparse || query.organizationId !== undefined;
  const { entries, next } = await paginate(trail, { ...paging, sparse });
  const ids = entries.map(({ organizationId }) => organizationId).filter((id) => id !== PLATFORM);
  const names = await findNames(plane, ids);
  const named = (entry: PlacedEntry) => ({
    ...showEntry(entry),
    organizationName: names.get(entry.organizationId) ?? null,
  });
  const shown = (entry: PlacedEntry) => (query.isWithheld ? withholdDetails(named(entry)) : named(entry));
  return { entries: entries.map(shown), next };
}
