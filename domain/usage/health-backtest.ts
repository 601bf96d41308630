import type { DirectoryOrganization } from '../organization/organization.schema.ts';
import {
  type DirectoryPosition,
  directoryPosition,
  organizationsOfShard,
} from '../organization/read-directory.ts';
import { subscriptionChangesAfter } from '../organization/subscription-history.ts';
import { directoryShards } from '../table/layout.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { healthHistory } from './health-history.schema.ts';
import { snapshotsBetween } from './take-snapshot.ts';
import { daysBefore } from './usage-day.ts';

/** How many days before the end, or before today, the score is taken. */
export const leadDays = 14;
/** How many days older than that a snapshot may be. */
const staleDays = 7;
const pageSize = 50;
const plenty = 100;

/** The outcome of an organization, and its score some time before; null if unknown. */
export interface Backtested {
  readonly outcome: 'suspended' | 'ended' | 'kept';
  readonly score: number | null;
}

/** How and on which day an organization ended, or that it is still active. */
function endOf(organization: DirectoryOrganization, today: string) {
  const { status, suspendedAt, updatedAt, subscription } = organization;
  if (status !== 'active')
    return { outcome: 'suspended', day: (suspendedAt ?? updatedAt).slice(0, 10) } as const;
  const { endDate } = subscription;
  return endDate !== undefined && endDate < today
    ? ({ outcome: 'ended', day: endDate } as const)
    : ({ outcome: 'kept', day: today } as const);
}

/**
 * The score that today's weights give an organization two weeks before its end. The end of its plan is
 * ignored, since it would reveal the outcome.
 */
async function backtestOne(
  plane: ControlPlane,
  organization: DirectoryOrganization,
  today: string,
): Promise<Backtested> {
  const { outcome, day } = endOf(organization, today);
  const scope = withinOrganization(plane, organization.id);
  const to = daysBefore(day, leadDays);
  const [snapshots, plans] = await Promise.all([
    snapshotsBetween(scope, daysBefore(to, staleDays), to),
    subscriptionChangesAfter(scope, undefined, plenty),
  ]);
  const open = ({ endDate: _, ...subscription }: DirectoryOrganization['subscription']) => subscription;
  const past = {
    ...organization,
    subscription: open(organization.subscription),
    plans: plans.map(({ before, after, ...change }) => ({
      ...change,
      before: before && open(before),
      after: open(after),
    })),
  };
  return { outcome, score: healthHistory(past, snapshots).at(-1)?.score ?? null };
}

/** Backtests every organization, shard by shard. Read-only. */
export async function backtestHealth(plane: ControlPlane, now: Date): Promise<Backtested[]> {
  const today = now.toISOString().slice(0, 10);
  const all: Backtested[] = [];
  for (let shard = 0; shard < directoryShards; shard += 1) {
    let position: DirectoryPosition | undefined;
    do {
      const page = await organizationsOfShard(plane, shard, position, pageSize);
      for (const organization of page) all.push(await backtestOne(plane, organization, today));
      const last = page.length < pageSize ? undefined : page.at(-1);
      position = last && directoryPosition(last);
    } while (position !== undefined);
  }
  return all;
}

/** Scores below which an organization counts as predicted to leave. */
const thresholds = [40, 60, 80] as const;
/** With fewer organizations in a group, percentages are meaningless. */
const enough = 20;

/** The table of hits and misses, and how reliable it is, as lines of text. */
export function backtestReport(all: readonly Backtested[]): string[] {
  const known = all.flatMap(({ outcome, score }) => (score === null ? [] : [{ outcome, score }]));
  const lost = known.filter(({ outcome }) => outcome !== 'kept');
  const kept = known.filter(({ outcome }) => outcome === 'kept');
  const below = (of: readonly { readonly score: number }[], score: number) =>
    of.filter((one) => one.score < score).length;
  const count = (outcome: Backtested['outcome']) => all.filter((one) => one.outcome === outcome).length;
  const cell = (value: string | number) => String(value).padStart(11);
  return [
    `${all.length} organizations: ${count('suspended')} suspended, ${count('ended')} with an ended plan, ${count('kept')} kept; ${all.length - known.length} of them without a snapshot of then.`,
    '',
    ['score below', 'hit', 'missed', 'false alarm', 'right'].map(cell).join('  '),
    ...thresholds.map((score) => {
      const [hit, alarm] = [below(lost, score), below(kept, score)];
      return [score, hit, lost.length - hit, alarm, kept.length - alarm].map(cell).join('  ');
    }),
    '',
    ...(lost.length < enough || kept.length < enough
      ? [
          `Only ${lost.length} left and ${kept.length} stayed of which there is data. With fewer than ${enough} of each these figures say little.`,
        ]
      : []),
  ];
}
