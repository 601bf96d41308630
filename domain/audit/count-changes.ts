import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AccessEventItem, AuditItem, PlatformAccessEventItem } from './audit.noun.ts';

/** What the trail tells of one day (UTC), in numbers. */
export interface DayCount {
  /** Changes of items, check-ins among them; neither refusals nor sessions nor exports nor runs asked for. */
  readonly changes: number;
  readonly checkIns: number;
}

/** What is recorded without changing anything. */
const noChange: ReadonlySet<string> = new Set(
  [AccessEventItem, PlatformAccessEventItem].flatMap(({ trail }): readonly string[] => trail.actions),
);

/** Whether an entry tells of a change of something. */
export const isChange = ({ action }: { readonly action: string }): boolean => !noChange.has(action);

/**
 * Counts a day's entries by reading that day's range of its month only, of each entry no more than what was
 * done.
 */
export async function countChanges(
  { organizationId, client, table }: OrganizationScope,
  date: string,
): Promise<DayCount> {
  const { data } = await entityOf(AuditItem)
    .query.primary({ organizationId, month: date.slice(0, 7) })
    .between({ timestamp: `${date}T` }, { timestamp: `${date}U` })
    .go({ client, table, attributes: ['action'], pages: 'all' });
  const changes = data.filter(isChange);
  return {
    changes: changes.length,
    checkIns: changes.filter(({ action }) => action === 'check-in.created').length,
  };
}
