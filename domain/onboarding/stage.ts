import { type Stage, stages } from './onboarding.schema.ts';

/** What an organization's stage is derived from. */
export interface StageFacts {
  readonly admins: number;
  readonly users: number;
  readonly openInvitations: number;
  readonly teams: number;
  readonly kpis: number;
  /** Whether anybody has ever checked in. */
  readonly checkedIn: boolean;
}

const reached: Readonly<Record<Stage, (facts: StageFacts) => boolean>> = {
  invited: () => true,
  admin_joined: ({ admins }) => admins > 0,
  people_invited: ({ users, openInvitations }) => users + openInvitations > 1,
  team_created: ({ teams }) => teams > 0,
  kpi_created: ({ kpis }) => kpis > 0,
  active: ({ checkedIn }) => checkedIn,
};

/** The last stage that is reached together with all before it. */
export function stageOf(facts: StageFacts): Stage {
  const missing = stages.findIndex((stage) => !reached[stage](facts));
  return stages[missing === -1 ? stages.length - 1 : missing - 1] ?? 'invited';
}
