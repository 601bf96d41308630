import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AccessEventItem, AuditItem, PlatformAccessEventItem } from './audit.noun.ts';

/** What the trail says about one day (UTC), in numbers. */
export interface DayCount {
  /**
   * Changes of items, including check-ins; not refusals, sessions, exports or requested runs, and nothing of
   * the platform's support.
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

/** Whether an entry is of the platform's support, which is no use of the product by the organization. */
const isSupport = ({ action, supportAccess }: { readonly action: string; readonly supportAccess?: string }) =>
  supportAccess !== undefined || action.startsWith('support-access.');

/** Counts a day's entries. Reads only that day's range of its month, and only the action of each entry. */
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
