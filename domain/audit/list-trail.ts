import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditFilter, ShownAuditEntry } from './audit.schema.ts';
import { olderMonths } from './older-months.ts';
import { type AuditPosition, type Found, lastId, paginate, type Trail } from './paginate-trail.ts';
import { showEntry } from './show-entry.ts';
import { batchOf, bounds, downwards, matching, type PlacedEntry } from './stored-entries.ts';

/**
 * What is asked of a trail. `since` (ISO 8601): when its organization was created; `position`: the place a
 * page ended at.
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
 * How many entries a page examines before it ends short, with a cursor to go on. An entry takes about 1.5 KB,
 * so that is 600 read units at most.
 */
const mostExamined = 3000;

// Clocks differ: an entry written a moment ago may bear a later time than the reader's.
const clockSkewMs = 300_000;

const later = (one: string, other = one) => (one > other ? one : other);
const earlier = (one: string, other = one) => (one < other ? one : other);

/**
 * What a query asks `paginate` for: between its times, through as many entries as its filter makes necessary.
 */
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
    // Nothing is later than now, so future months aren't read.
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
 * An organization's entries, newest first, including those that are older than the organization. Costs a
 * round trip of two Queries (this month and the one before); a page that reaches back further costs a second
 * one. When it reaches the organization's creation, a Get beside them says which months are older.
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
