import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditFilter, ShownAuditEntry } from './audit.schema.ts';
import { olderMonths } from './older-months.ts';
import { type AuditPosition, type Found, lastId, paginate, type Trail } from './paginate-trail.ts';
import { showEntry } from './show-entry.ts';
import { batchOf, bounds, downwards, matching, type PlacedEntry } from './stored-entries.ts';

/**
 * A request for entries. `since` (ISO 8601): the organization's creation; `position`: where the previous
 * page ended.
 */
export interface TrailQuery {
  readonly filter: AuditFilter;
  readonly since: string;
  readonly position: AuditPosition | undefined;
  readonly limit: number;
  readonly now: Date;
  readonly mostExamined?: number;
}

/**
 * How many entries a page examines before it ends early with a cursor. An entry has about 1.5 KB, so that
 * is 600 read units at most.
 */
const mostExamined = 3000;

// Clocks differ: an entry written just now may have a later time than the reader's clock.
const clockSkewMs = 300_000;

const later = (one: string, other = one) => (one > other ? one : other);
const earlier = (one: string, other = one) => (one < other ? one : other);

/** Paging options of a request: its times, and how many entries its filter may examine. */
export const pagingOf = ({
  filter,
  since,
  position,
  limit,
  now,
  mostExamined: most = mostExamined,
}: TrailQuery) => ({
  since: later(since, filter.from),
  position: position ?? {
    // No entry is later than now, so future months aren't read.
    timestamp: earlier(new Date(now.getTime() + clockSkewMs).toISOString(), filter.to),
    entryId: lastId,
  },
  limit,
  sparse:
    (filter.actor ?? filter.action ?? filter.resource ?? filter.about ?? filter.supportAccess) !== undefined,
  mostExamined: most,
});

// Before every entry.
const always = '0000';

/**
 * An organization's entries, newest first, including those older than the organization itself. Costs one
 * round trip of two queries (this month and the previous one); a page that reaches further back costs a
 * second. When it reaches the organization's creation, a Get in parallel returns which months are older.
 */
export async function trailOf(scope: OrganizationScope, query: TrailQuery): Promise<Found<ShownAuditEntry>> {
  const { organizationId, client, table } = scope;
  const { from = always } = query.filter;
  const trail: Trail<PlacedEntry> = {
    shards: 1,
    older: async () => (from >= query.since ? { months: [] } : await olderMonths(scope, query.since, from)),
    async read({ month }, before, most) {
      const range = { since: from, before };
      const { data } = await entityOf(AuditItem)
        .query.primary({ organizationId, month })
        .between(...bounds(range))
        .where(matching(query.filter))
        .go({ client, table, ...downwards(most) });
      return batchOf(data, range);
    },
  };
  const { entries, next } = await paginate(trail, pagingOf(query));
  return { entries: entries.map(showEntry), next };
}
