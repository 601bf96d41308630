import { allKpis } from '../kpi/list-kpis.ts';
import { countsOf } from '../organization/counts.ts';
import { type Onboarding, Step, stageOf } from '../organization/onboarding.schema.ts';
import type { OrganizationCounts } from '../organization/organization.schema.ts';
import type { Organization } from '../organization/profile.schema.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { teamsAfter } from '../team/list-teams.ts';

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
  /** The page of the organization where it is done. */
  readonly page: string;
  readonly done: (facts: Facts) => boolean;
}

const rules: Readonly<Record<Step, StepRule>> = {
  admin_joined: {
    title: 'Join as the first admin',
    hint: 'Accept the invitation that was sent to the first admin.',
    page: '/users',
    done: ({ admins }) => admins > 0,
  },
  contact_complete: {
    title: 'Complete your contact details',
    hint: 'Add a phone number for your contact so we can reach you when it’s urgent.',
    page: '/settings',
    done: ({ contactComplete }) => contactComplete,
  },
  people_invited: {
    title: 'Invite a teammate',
    hint: 'Invite the people you work with and choose their roles.',
    page: '/invitations',
    done: ({ users, pendingInvitations }) => users + pendingInvitations > 1,
  },
  colleague_joined: {
    title: 'Your first teammate joins',
    hint: 'Waiting for an invitation to be accepted. If it got lost, resend it.',
    page: '/invitations',
    done: ({ users }) => users > 1,
  },
  team_created: {
    title: 'Create your first team',
    hint: 'A team brings together people who work on the same KPIs.',
    page: '/teams',
    done: ({ teams }) => teams > 0,
  },
  leader_named: {
    title: 'Choose a team lead',
    hint: 'The lead looks after the team’s members and KPIs.',
    page: '/teams',
    done: ({ leaderNamed }) => leaderNamed,
  },
  kpi_created: {
    title: 'Create your first KPI',
    hint: 'Set what you measure, where it starts and what you’re aiming for.',
    page: '/kpis',
    done: ({ kpis }) => kpis > 0,
  },
  first_check_in: {
    title: 'Check in for the first time',
    hint: 'Enter a KPI’s current value to see whether it’s on track.',
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
    teamsAfter(scope, { position: undefined, limit: enoughTeams }),
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
 * The checklist of an organization's first weeks, derived from existing data: nothing is ticked off by
 * hand.
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
