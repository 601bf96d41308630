import { differingNames, type Fields, isFields } from '../difference.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import type { AuditFilter, ShownAuditEntry } from './audit.schema.ts';
import { olderMonths } from './older-months.ts';
import { type AuditPosition, type Found, lastId, paginate, type Trail } from './paginate-trail.ts';
import { batchOf, bounds, downwards, matching, type PlacedEntry } from './stored-entries.ts';

/** One changed field. `before` is absent if there was no value, `after` if it was removed. */
export interface FieldChange {
  /**
   * The path, joined by dots (`contactPerson.email`); dots and backslashes within names are escaped with a
   * backslash.
   */
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const escaped = (name: string): string => name.replaceAll(/[\\.]/g, (character) => `\\${character}`);

/** An object's leaf values by path. Lists and empty objects count as single values. */
function leaves(fields: Fields, within = ''): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    const path = `${within}${escaped(name)}`;
    if (value === undefined) return [];
    return isFields(value) && Object.keys(value).length > 0 ? leaves(value, `${path}.`) : [[path, value]];
  });
}

/**
 * The differences between two states of a resource, value by value, sorted by field. Both states are JSON;
 * null stands for a missing one. The entry itself names the attributes that differ (`details.changed`);
 * this shows what differs within them.
 */
export function differenceOf(before: Fields | null, after: Fields | null): FieldChange[] {
  const [old, current] = [new Map(leaves(before ?? {})), new Map(leaves(after ?? {}))];
  return differingNames(old, current).map((field) => ({
    field,
    ...(old.has(field) ? { before: old.get(field) } : {}),
    ...(current.has(field) ? { after: current.get(field) } : {}),
  }));
}

// Attributes that change with every write or repeat the entry's own place, and aren't part of the action.
const bookkeeping = new Set(['revision', 'createdAt', 'updatedAt', 'organizationId', 'expiresAt']);

/** An entry as shown to users. */
export function showEntry({ entryId: _, ...entry }: PlacedEntry): ShownAuditEntry {
  const { before, after } = entry.details;
  return {
    ...entry,
    actorName: entry.actorName ?? null,
    changes: differenceOf(before, after).filter(({ field }) => !bookkeeping.has(field)),
  };
}

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
