import type { Item } from '../table/query.ts';
import type { OrganizationListQuery } from './organization.schema.ts';

/** The filter of a list. */
export interface DirectoryFilter
  extends Pick<OrganizationListQuery, 'status' | 'plan' | 'onboarding' | 'endsWithinDays'> {
  /** Words that must each begin a term. */
  readonly words: readonly string[];
  /** Today (UTC): an organization's status, and when its plan ends, are relative to this day. */
  readonly today: string;
}

/** One condition on an attribute of a row in the directory. */
export interface Condition {
  readonly attribute: 'status' | 'plan' | 'planEndsOn' | 'stage' | 'words';
  readonly is: 'eq' | 'gte' | 'lte' | 'contains';
  readonly value: string;
}

const plusDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * The conditions that a row must all meet. A new filter needs a condition here and an attribute in the
 * layout's `filterable`.
 */
export function conditionsOf(filter: DirectoryFilter): Condition[] {
  const { status, plan, onboarding, endsWithinDays, words, today } = filter;
  const conditions: Condition[] = words.map((word) => ({
    attribute: 'words',
    is: 'contains',
    value: ` ${word}`,
  }));
  if (status !== undefined)
    conditions.push({ attribute: 'status', is: 'eq', value: status === 'inactive' ? status : 'active' });
  if (status === 'active' || endsWithinDays !== undefined)
    conditions.push({ attribute: 'planEndsOn', is: 'gte', value: today });
  if (status === 'expired')
    conditions.push({ attribute: 'planEndsOn', is: 'lte', value: plusDays(today, -1) });
  if (plan !== undefined) conditions.push({ attribute: 'plan', is: 'eq', value: plan });
  if (onboarding !== undefined) conditions.push({ attribute: 'stage', is: 'eq', value: onboarding });
  if (endsWithinDays !== undefined)
    conditions.push({ attribute: 'planEndsOn', is: 'lte', value: plusDays(today, endsWithinDays) });
  return conditions;
}

const meets: Readonly<Record<Condition['is'], (stored: string, value: string) => boolean>> = {
  eq: (stored, value) => stored === value,
  gte: (stored, value) => stored >= value,
  lte: (stored, value) => stored <= value,
  contains: (stored, value) => stored.includes(value),
};

/** Whether a row in memory meets the conditions, by DynamoDB's own rules. */
export const fits = (row: Item, conditions: readonly Condition[]): boolean =>
  conditions.every(({ attribute, is, value }) => meets[is](String(row[attribute] ?? ''), value));

/**
 * The first and last day on which the plan may end, and the remaining conditions. When sorted by plan end,
 * these days are the key.
 */
export function endsBetween(conditions: readonly Condition[]) {
  const days = conditions.filter(({ attribute }) => attribute === 'planEndsOn');
  const of = (is: Condition['is']) =>
    days
      .filter((day) => day.is === is)
      .map(({ value }) => value)
      .sort();
  return {
    from: of('gte').at(-1) ?? '0000-01-01',
    to: of('lte')[0] ?? '9999-12-31',
    others: conditions.filter(({ attribute }) => attribute !== 'planEndsOn'),
  };
}
