import { AuditItem } from '../audit/audit.noun.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { changeable } from './usage.schema.ts';
import { boundsOf } from './usage-day.ts';

type Changeable = (typeof changeable)[number];

const pageSize = 200;

/** Actions of people and teams after which the figures of a past day are still the same. */
const harmless = new Set(['user.joined', 'user.identity-changed', 'team.updated']);

/** What of the undated an action may have changed. */
function touchedBy(action: string): Changeable | undefined {
  if (harmless.has(action)) return undefined;
  const noun = action.slice(0, action.indexOf('.'));
  return {
    user: 'users' as const,
    team: 'teams' as const,
    kpi: 'kpis' as const,
    'check-in': 'kpis' as const,
  }[noun];
}

/** The months from one to another, both inclusive, `yyyy-mm`. */
function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = nextMonth(month)) months.push(month);
  return months;
}

const nextMonth = (month: string): string => {
  const first = new Date(`${month}-01`);
  first.setUTCMonth(first.getUTCMonth() + 1);
  return first.toISOString().slice(0, 7);
};

/**
 * What of an organization has changed between the end of a day and now, according to its trail, which is kept
 * for 90 days at least. Stops reading as soon as everything has.
 */
export async function changedAfter(
  { organizationId, client, table }: OrganizationScope,
  date: string,
  now: Date,
): Promise<Changeable[]> {
  const { end } = boundsOf(date, now);
  const found = new Set<Changeable>();
  for (const month of monthsBetween(end.slice(0, 7), now.toISOString().slice(0, 7))) {
    let cursor: string | null = null;
    do {
      const page: { data: { action: string }[]; cursor: string | null } = await entityOf(AuditItem)
        .query.primary({ organizationId, month })
        .between({ timestamp: end }, { timestamp: '~' })
        .go({ client, table, attributes: ['action'], limit: pageSize, pages: 1, cursor });
      for (const { action } of page.data) {
        const touched = touchedBy(action);
        if (touched !== undefined) found.add(touched);
      }
      if (found.size === changeable.length) return [...changeable];
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return changeable.filter((thing) => found.has(thing));
}
