import { actionsAfter, countChanges } from '../audit/read-actions.ts';
import type { Invitation } from '../invitation/invitation.schema.ts';
import { invitationsAfter } from '../invitation/list-invitations.ts';
import { noKpis } from '../kpi/kpi-status.schema.ts';
import { allKpis } from '../kpi/list-kpis.ts';
import { countsOf } from '../organization/counts.ts';
import { entityOf } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';
import { usersAfter } from '../user/list-users.ts';
import type { User } from '../user/profile.schema.ts';
import { definition, figuresOf, isQuiet, isRunning, type UsageFacts } from './figures.ts';
import { activityBetween } from './record-activity.ts';
import { UsageItem } from './usage.noun.ts';
import { changeable, UsageSnapshot } from './usage.schema.ts';
import { boundsOf, daysBefore, isLate } from './usage-day.ts';

type Changeable = (typeof changeable)[number];

/** Actions on people and teams that don't affect the figures of a past day. */
const harmless = new Set(['user.joined', 'user.identity-changed', 'team.updated']);

const touchedBy = (noun: string): Changeable | undefined =>
  ({ user: 'users' as const, team: 'teams' as const, kpi: 'kpis' as const, 'check-in': 'kpis' as const })[
    noun
  ];

/**
 * What has changed in an organization since the end of a day, according to its audit log, which is kept for
 * at least 90 days. Stops reading once everything has.
 */
async function changedAfter(scope: OrganizationScope, date: string, now: Date): Promise<Changeable[]> {
  const found = new Set<Changeable>();
  for await (const actions of actionsAfter(scope, boundsOf(date, now).end, now)) {
    for (const action of actions.filter((one) => !harmless.has(one))) {
      const touched = touchedBy(action.slice(0, action.indexOf('.')));
      if (touched !== undefined) found.add(touched);
    }
    if (found.size === changeable.length) break;
  }
  return changeable.filter((thing) => found.has(thing));
}

const pageSize = 200;

/** All items of a listing, reduced page by page to what the figures need. */
async function all<Item, Fact>(
  pageAfter: (last: Item | undefined) => Promise<Item[]>,
  factOf: (item: Item) => Fact,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  let page: Item[];
  let last: Item | undefined;
  do {
    page = await pageAfter(last);
    facts.push(...page.map(factOf));
    last = page.at(-1);
  } while (page.length === pageSize);
  return facts;
}

const invitationFact = ({ status, createdAt, updatedAt, expiresAt }: Invitation) => ({
  status,
  createdAt,
  updatedAt,
  expiresAt,
});

const latestOf = (...days: readonly (string | undefined)[]) =>
  days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);

/** KPIs by status at a point in time, the number of active and quiet ones, and the latest value. */
async function kpiFacts(
  scope: OrganizationScope,
  at: Date,
): Promise<Pick<UsageFacts, 'kpis' | 'quietKpis' | 'runningKpis' | 'checkedIn' | 'lastCheckInOn'>> {
  const kpis = { ...noKpis };
  let quietKpis = 0;
  let runningKpis = 0;
  let lastCheckInOn: string | undefined;
  for await (const kpi of allKpis(scope, at)) {
    kpis[kpi.status] += 1;
    quietKpis += isQuiet(kpi, at) ? 1 : 0;
    runningKpis += isRunning(kpi, at) ? 1 : 0;
    lastCheckInOn = latestOf(lastCheckInOn, kpi.latest?.at.slice(0, 10));
  }
  return { kpis, quietKpis, runningKpis, lastCheckInOn, checkedIn: lastCheckInOn !== undefined };
}

/** Reads the facts of an organization's day, with credentials for that organization. */
export async function gatherFacts(scope: OrganizationScope, date: string, now: Date): Promise<UsageFacts> {
  const { at } = boundsOf(date, now);
  const [members, invitations, activity, counts, kpis, done, changed] = await Promise.all([
    all(
      (last: User | undefined) => usersAfter(scope, last?.userId, pageSize),
      ({ userId, role, status, createdAt, teams }) => ({ userId, role, status, createdAt, teams }),
    ),
    all((last: Invitation | undefined) => invitationsAfter(scope, last?.id, pageSize, now), invitationFact),
    // Read by whole months, including all of the current one.
    activityBetween(scope, daysBefore(date, 29), date),
    countsOf(scope),
    kpiFacts(scope, new Date(at)),
    countChanges(scope, date),
    isLate(date, now) ? changedAfter(scope, date, now) : [],
  ]);
  return { members, invitations, activity, teams: counts.teams, ...kpis, ...done, changedSince: changed };
}

/**
 * Stores a day's figures and returns the stored ones: final figures are kept, unless they are of an earlier
 * definition.
 */
export async function keepSnapshot(
  scope: OrganizationScope,
  snapshot: UsageSnapshot,
): Promise<UsageSnapshot> {
  const { date } = snapshot;
  const keeping = replace(scope, UsageItem, snapshot, {
    where: (item, { eq, lt, notExists }) =>
      `${notExists(item.final)} OR ${eq(item.final, false)} OR ${lt(item.definition, snapshot.definition)}`,
  });
  if (await write(scope, keeping)) return snapshot;
  return UsageSnapshot.parse(await find(scope, UsageItem, { date }));
}

/** The snapshot of a day if it exists and won't change: final, and of the current definition. */
async function keptSnapshot(scope: OrganizationScope, date: string): Promise<UsageSnapshot | undefined> {
  const known = UsageSnapshot.safeParse(await find(scope, UsageItem, { date })).data;
  return known?.final === true && known.definition === definition ? known : undefined;
}

/**
 * Computes and stores an organization's figures for a day (UTC), see `figuresOf`. If a day is closed late,
 * most organizations may already have theirs.
 */
export async function takeSnapshot(
  scope: OrganizationScope,
  date: string,
  now: Date,
): Promise<UsageSnapshot> {
  const kept = isLate(date, now) ? await keptSnapshot(scope, date) : undefined;
  if (kept !== undefined) return kept;
  return await keepSnapshot(scope, figuresOf(await gatherFacts(scope, date, now), date, now));
}

/**
 * Snapshots in a range of days (inclusive), oldest first. Days computed by an incompatible definition are
 * omitted.
 */
export async function snapshotsBetween(
  { organizationId, client, table }: OrganizationScope,
  from: string,
  to: string,
): Promise<UsageSnapshot[]> {
  const { data } = await entityOf(UsageItem)
    .query.primary({ organizationId })
    .between({ date: from }, { date: to })
    .go({ client, table, pages: 'all' });
  return data.flatMap((item) => UsageSnapshot.safeParse(item).data ?? []);
}
