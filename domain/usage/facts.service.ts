import { countChanges } from '../audit/day-count.service.ts';
import type { Invitation } from '../invitation/invitation.schema.ts';
import { invitationsAfter } from '../invitation/invitation.service.ts';
import { countsOf } from '../organization/counters.service.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { User } from '../user/user.schema.ts';
import { usersAfter } from '../user/user.service.ts';
import { activityBetween } from './activity.service.ts';
import { daysBefore, type UsageFacts } from './figures.ts';

const pageSize = 200;

/** Every item of a listing, reduced to what figures need while the pages come. */
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

/** Reads what an organization's day is computed from, under credentials for that organization. */
export async function gatherFacts(scope: OrganizationScope, date: string, now: Date): Promise<UsageFacts> {
  const [members, invitations, activity, counts, done] = await Promise.all([
    all(
      (last: User | undefined) => usersAfter(scope, last?.userId, pageSize),
      ({ role, createdAt }) => ({ role, createdAt }),
    ),
    all((last: Invitation | undefined) => invitationsAfter(scope, last?.id, pageSize, now), invitationFact),
    activityBetween(scope, daysBefore(date, 29), date),
    countsOf(scope),
    countChanges(scope, date),
  ]);
  return {
    members,
    invitations,
    activity,
    teams: counts.teams,
    kpis: { on_track: 0, at_risk: 0, off_track: 0, no_data: counts.kpis },
    checkedIn: false,
    changes: done.changes,
    checkIns: done.checkIns,
  };
}
