import { type OrganizationId, PLATFORM } from '../ids.ts';
import { findNames } from '../organization/directory-row.ts';
import { entityOf } from '../table/entity.ts';
import { auditShards } from '../table/layout.ts';
import type { ControlPlane } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { FeedAuditEntry } from './audit.schema.ts';
import { pagingOf, showEntry, type TrailQuery } from './list-trail.ts';
import { type Found, paginate, type Trail } from './paginate-trail.ts';
import { batchOf, bounds, downwards, matching, type PlacedEntry } from './stored-entries.ts';

/** Nouns that are the platform's business: the customer, what it pays for, and support access. */
const platformsNouns = ['organization.', 'subscription.', 'support-access.', 'import.', 'usage-run.'];

/** Whether super admins may read all of an entry without support access. */
const isPlatforms = ({ organizationId, role, action }: FeedAuditEntry): boolean =>
  organizationId === PLATFORM ||
  // Their own actions.
  role === 'super_admin' ||
  platformsNouns.some((noun) => action.startsWith(noun));

/**
 * An entry as the platform's feed shows it where support access is required: that something happened within
 * an organization, when, the ids of the entry and the item, but no names and no content.
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
 * The entries of all organizations and the platform, newest first. Costs one round trip of eight queries
 * (four shards of this month and the previous one) and one for the organizations' names; one more if those
 * queries find too little.
 */
export async function auditFeed(
  plane: ControlPlane,
  query: TrailQuery & {
    readonly organizationId?: OrganizationId | undefined;
    /** Whether the reader needs support access to see details within organizations. */
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
