import { allKpis } from '../kpi/list-kpis.ts';
import { countsOf } from '../organization/counts.ts';
import type { OrganizationCounts } from '../organization/organization.schema.ts';
import type { Organization } from '../organization/profile.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { teamsAfter } from '../team/list-teams.ts';
import { type Onboarding, Step, stageOf } from './onboarding.schema.ts';

interface Facts extends OrganizationCounts {
  /** Active ones. */
  readonly admins: number;
  readonly contactComplete: boolean;
  readonly leaderNamed: boolean;
  readonly checkedIn: boolean;
}

interface StepRule {
  readonly title: string;
  readonly hint: string;
  /** Page of the organization where it is done. */
  readonly page: string;
  readonly done: (facts: Facts) => boolean;
}

const rules: Readonly<Record<Step, StepRule>> = {
  admin_joined: {
    title: 'An admin has joined',
    hint: 'Accept the invitation that was sent to the first admin.',
    page: '/users',
    done: ({ admins }) => admins > 0,
  },
  contact_complete: {
    title: 'The contact person can be reached',
    hint: 'Add a phone number to the contact person, so that urgent questions find somebody.',
    page: '/settings',
    done: ({ contactComplete }) => contactComplete,
  },
  people_invited: {
    title: 'A colleague is invited',
    hint: 'Invite the people you work with; each invitation says what they will be.',
    page: '/invitations',
    done: ({ users, pendingInvitations }) => users + pendingInvitations > 1,
  },
  colleague_joined: {
    title: 'A colleague has joined',
    hint: 'Send the invitation again if it was lost in the mail.',
    page: '/invitations',
    done: ({ users }) => users > 1,
  },
  team_created: {
    title: 'There is a team',
    hint: 'Create a team: its leader sees to its people and its KPIs.',
    page: '/teams',
    done: ({ teams }) => teams > 0,
  },
  leader_named: {
    title: 'A team has a leader',
    hint: 'Name who leads the team.',
    page: '/teams',
    done: ({ leaderNamed }) => leaderNamed,
  },
  kpi_created: {
    title: 'There is a KPI',
    hint: 'Say what you measure, where it stands and where it is to go.',
    page: '/kpis',
    done: ({ kpis }) => kpis > 0,
  },
  first_check_in: {
    title: 'The first value is reported',
    hint: 'Check in on a KPI: its status is derived from the latest value.',
    page: '/kpis',
    done: ({ checkedIn }) => checkedIn,
  },
};

const enoughTeams = 100;

async function hasCheckIn(scope: OrganizationScope, now: Date): Promise<boolean> {
  for await (const { latest } of allKpis(scope, now)) if (latest !== null) return true;
  return false;
}

async function gather(scope: OrganizationScope, organization: Organization, now: Date): Promise<Facts> {
  const [counts, teams, checkedIn] = await Promise.all([
    countsOf(scope),
    teamsAfter(scope, undefined, enoughTeams),
    hasCheckIn(scope, now),
  ]);
  return {
    ...counts,
    contactComplete: organization.contactPerson.phone !== undefined,
    leaderNamed: teams.some(({ leaderId }) => leaderId !== undefined),
    checkedIn,
  };
}

/**
 * The checklist of an organization's first weeks, derived from what is there: nothing is ticked off by hand.
 */
export async function deriveOnboarding(
  scope: OrganizationScope,
  organization: Organization,
  now: Date,
): Promise<Onboarding> {
  const facts = await gather(scope, organization, now);
  const steps = Step.options.map((step) => {
    const { title, hint, page, done } = rules[step];
    return { step, title, hint, done: done(facts), link: `/organizations/${organization.id}${page}` };
  });
  return {
    stage: stageOf({ ...facts, openInvitations: facts.pendingInvitations }),
    steps,
    done: steps.filter(({ done }) => done).length,
    next: steps.find(({ done }) => !done)?.step ?? null,
  };
}
