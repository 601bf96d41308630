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

/** Actions of people and teams after which the figures of a past day are still the same. */
const harmless = new Set(['user.joined', 'user.identity-changed', 'team.updated']);

const touchedBy = (noun: string): Changeable | undefined =>
  ({ user: 'users' as const, team: 'teams' as const, kpi: 'kpis' as const, 'check-in': 'kpis' as const })[
    noun
  ];

/**
 * What of an organization has changed between the end of a day and now, according to its trail, which is kept
 * for 90 days at least. Stops reading as soon as everything has.
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

/** Every item of a listing, reduced page by page to what the figures need. */
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

/** KPIs by status at a moment, those that are running and without a recent check-in, and the latest value. */
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

/** Reads the facts of an organization's day, under credentials for that organization. */
export async function gatherFacts(scope: OrganizationScope, date: string, now: Date): Promise<UsageFacts> {
  const { at } = boundsOf(date, now);
  const [members, invitations, activity, counts, kpis, done, changed] = await Promise.all([
    all(
      (last: User | undefined) => usersAfter(scope, last?.userId, pageSize),
      ({ userId, role, status, createdAt, teams }) => ({ userId, role, status, createdAt, teams }),
    ),
    all((last: Invitation | undefined) => invitationsAfter(scope, last?.id, pageSize, now), invitationFact),
    // Read by whole months: all of the present one is there too.
    activityBetween(scope, daysBefore(date, 29), date),
    countsOf(scope),
    kpiFacts(scope, new Date(at)),
    countChanges(scope, date),
    isLate(date, now) ? changedAfter(scope, date, now) : [],
  ]);
  return { members, invitations, activity, teams: counts.teams, ...kpis, ...done, changedSince: changed };
}

/**
 * Stores a day's figures and returns the stored ones: final figures stay, unless they are of an earlier
 * version of the definitions.
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

/** The snapshot of a day, if it is there and stays: final, and by the present definitions. */
async function keptSnapshot(scope: OrganizationScope, date: string): Promise<UsageSnapshot | undefined> {
  const known = UsageSnapshot.safeParse(await find(scope, UsageItem, { date })).data;
  return known?.final === true && known.definition === definition ? known : undefined;
}

/**
 * Computes an organization's figures for a day (UTC) from its present data and stores them, see `figuresOf`.
 * Of a day that is closed late, most organizations may have theirs.
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
 * Snapshots from the first to the last day given (both inclusive), oldest first. A day that was computed by a
 * definition with other figures is left out.
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
