import { actionsAfter } from '../audit/actions-after.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { changeable } from './usage.schema.ts';
import { boundsOf } from './usage-day.ts';

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
export async function changedAfter(scope: OrganizationScope, date: string, now: Date): Promise<Changeable[]> {
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
