import * as z from 'zod/mini';
import { nameOrder, wordMatcher } from '../folded-text.ts';
import { KpiId } from '../ids.ts';
import { isDue, nextDue } from './due.schema.ts';
import { assigneesOf, type Kpi, type KpiFilter, type KpiOrder, teamOf } from './kpi.schema.ts';
import type { KpiStatus } from './kpi-status.schema.ts';

/** Whether a KPI matches a filter. */
export function fitting(filter: KpiFilter, now: Date): (kpi: Kpi) => boolean {
  const { teamId, assigneeId, ownerId, status, due, search } = filter;
  const isFound = wordMatcher(search ?? '');
  return (kpi) =>
    (teamId === undefined || teamOf(kpi) === teamId) &&
    (assigneeId === undefined || assigneesOf(kpi).includes(assigneeId)) &&
    (ownerId === undefined || (kpi.owner.kind === 'user' && kpi.owner.userId === ownerId)) &&
    (status === undefined || kpi.status === status) &&
    (due === undefined || isDue(kpi, now) === (due === 'now')) &&
    isFound([kpi.name]);
}

/** A KPI's position in an order: by a string or number, then name, then id. */
const Place = z.tuple([z.nullable(z.union([z.string(), z.number()])), z.string(), KpiId]);
export type KpiPlace = z.infer<typeof Place>;

export const placeFrom = (text: string): KpiPlace => Place.parse(JSON.parse(text));
export const textOfPlace = (place: KpiPlace): string => JSON.stringify(place);

export type KpiSort = NonNullable<KpiOrder['sort']>;

const severity: Readonly<Record<KpiStatus, number>> = { off_track: 0, at_risk: 1, on_track: 2, no_data: 3 };

const keyOf: Readonly<Record<KpiSort, (kpi: Kpi, now: Date) => KpiPlace[0]>> = {
  name: () => 0,
  status: ({ status }) => severity[status],
  progress: ({ progress }) => progress,
  due: nextDue,
};

export const placeOf = (kpi: Kpi, sort: KpiSort, now: Date): KpiPlace => [
  keyOf[sort](kpi, now),
  nameOrder(kpi.name),
  kpi.id,
];

function compare<Key extends string | number>(one: Key, other: Key): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Compares two positions. Those without a value come last in both directions. */
export function comparePlaces(
  [key, name, id]: KpiPlace,
  [otherKey, otherName, otherId]: KpiPlace,
  direction: KpiOrder['direction'],
): number {
  if (key === null || otherKey === null) {
    const lacking = Number(key === null) - Number(otherKey === null);
    if (lacking !== 0) return lacking;
  }
  const sign = direction === 'desc' ? -1 : 1;
  return (
    sign * (compare(key ?? 0, otherKey ?? 0) || compare(name, otherName) || compare<string>(id, otherId))
  );
}
