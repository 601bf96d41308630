import { entityOf } from '../table/entity.ts';
import { consistently } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AccessEventItem, AuditItem, PlatformAccessEventItem } from './audit.noun.ts';
import { monthOf } from './paginate-trail.ts';

/** The actions in an audit log since a given time (ISO 8601). */
export async function actionsSince(scope: OrganizationScope, since: string, now: Date): Promise<string[]> {
  const { organizationId } = scope;
  const found: string[] = [];
  for (const month of new Set([monthOf(since), monthOf(now.toISOString())])) {
    const { data } = await entityOf(AuditItem)
      .query.primary({ organizationId, month })
      .gte({ timestamp: since })
      .go({ ...consistently(scope), pages: 'all' });
    found.push(...data.map(({ action }) => action));
  }
  return found;
}

const pageSize = 200;

/** The months between two, both inclusive, as `yyyy-mm`. */
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

/** The actions in an audit log since a given time, in pages, so that callers can stop early. */
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

/** One day (UTC) of an audit log in numbers. */
interface DayCount {
  /**
   * Changes of items, including check-ins; without refusals, sessions, exports, requested runs, and support
   * by the platform.
   */
  readonly changes: number;
  readonly checkIns: number;
}

/** Actions that are recorded although they change nothing. */
const noChange: ReadonlySet<string> = new Set(
  [AccessEventItem, PlatformAccessEventItem].flatMap(({ trail }): readonly string[] => trail.actions),
);

/** Whether an entry records a change. */
export const isChange = ({ action }: { readonly action: string }): boolean => !noChange.has(action);

/** Whether an entry was made by platform support, which doesn't count as the organization's use. */
const isSupport = ({ action, supportAccess }: { readonly action: string; readonly supportAccess?: string }) =>
  supportAccess !== undefined || action.startsWith('support-access.');

/** Counts a day's entries. Reads only that day's range, and only the action of each entry. */
export async function countChanges(
  { organizationId, client, table }: OrganizationScope,
  date: string,
): Promise<DayCount> {
  const { data } = await entityOf(AuditItem)
    .query.primary({ organizationId, month: date.slice(0, 7) })
    .between({ timestamp: `${date}T` }, { timestamp: `${date}U` })
    .go({ client, table, attributes: ['action', 'supportAccess'], pages: 'all' });
  const changes = data.filter((entry) => isChange(entry) && !isSupport(entry));
  return {
    changes: changes.length,
    checkIns: changes.filter(({ action }) => action === 'check-in.created').length,
  };
}
