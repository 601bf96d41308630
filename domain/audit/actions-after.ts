import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';

const pageSize = 200;

/** The months from one to another, both inclusive, `yyyy-mm`. */
function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = nextMonth(month)) months.push(month);
  return months;
}

function nextMonth(month: string): string {
  const first = new Date(`${month}-01`);
  first.setUTCMonth(first.getUTCMonth() + 1);
  return first.toISOString().slice(0, 7);
}

/** The actions in a trail between a moment and now, in pages, for who stops reading when they know enough. */
export async function* actionsAfter(
  { organizationId, client, table }: OrganizationScope,
  moment: string,
  now: Date,
): AsyncGenerator<readonly string[]> {
  for (const month of monthsBetween(moment.slice(0, 7), now.toISOString().slice(0, 7))) {
    let cursor: string | null = null;
    do {
      const page: { data: { action: string }[]; cursor: string | null } = await entityOf(AuditItem)
        .query.primary({ organizationId, month })
        .between({ timestamp: moment }, { timestamp: '~' })
        .go({ client, table, attributes: ['action'], limit: pageSize, pages: 1, cursor });
      yield page.data.map(({ action }) => action);
      cursor = page.cursor;
    } while (cursor !== null);
  }
}
